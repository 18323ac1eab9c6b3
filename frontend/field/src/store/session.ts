import type { SessionBody, User } from '../contract/api'
import { PhoneProblem } from '../problem'
import { callApi } from '../sync/http'
import { sampleServerTime } from './clock'
import { writeOnce } from './db'
import { newId } from './ids'
import { readMeta, writeMeta } from './meta'
import { storeChanged } from './signal'
import type { DepositKey } from './seal'
import { askToPersist } from './storage_gauge'

export type Session = {
  user: User; receiptKey: JsonWebKey; deviceId: string; formVersion: number
  /** Missing until the server was spoken to with this version of the program. */
  depositKey?: DepositKey | null
}

/** When the server last said who is signed in; a restart forgets it. */
let confirmed: { userId: string; at: number } | null = null
const BELIEVED_MS = 15 * 60_000

/** This phone's own id, made once. */
export async function deviceId(): Promise<string> {
  const known = await readMeta('device_id')
  if (known) return known
  await writeOnce(['meta'], async (tx) => {
    const store = tx.objectStore('meta')
    if (!(await store.get('device_id'))) await store.put({ key: 'device_id', value: newId() })
  })
  return (await readMeta('device_id'))!
}

/** @throws PhoneProblem bad_credentials, locked_out, offline, server_unavailable, not_our_server */
export async function signIn(username: string, password: string): Promise<Session> {
  const id = await deviceId()
  const device = { id, name: deviceName(), app_version: __APP_VERSION__ }
  const session = await keepSession(
    await askSession('POST', { username, password, device }), id,
  )
  storeChanged('session')
  void askToPersist()
  return session
}

/** The session kept on this phone; needs no network. */
export async function restoreSession(): Promise<Session | null> {
  return readMeta('session')
}

/**
 * The session after the server said within the last 15 minutes that it is this person's: the cookie is
 * shared with the desk, and work must not be handed in under somebody else's name.
 * @throws PhoneProblem signed_out when it is nobody's, or not the person's of this phone
 */
export async function confirmedSession(): Promise<Session> {
  const known = await requireSession()
  if (isConfirmed(known.user.id)) return known
  const body = await askSession('GET')
  if (body.user.id !== known.user.id) throw new PhoneProblem('signed_out')
  return keepSession(body, known.deviceId)
}

/** Whether the server named this person within the last 15 minutes. */
export function isConfirmed(userId: string): boolean {
  return confirmed?.userId === userId && Date.now() - confirmed.at < BELIEVED_MS
}

export function doubtSession(): void {
  confirmed = null
}

/** Ends the session and forgets the cached cases; drafts and unsent work stay. */
export async function signOut(): Promise<void> {
  doubtSession()
  const session = await restoreSession()
  await writeOnce(['meta', 'cases', 'drafts'], async (tx) => {
    await tx.objectStore('meta').delete('session')
    if (session) await forgetCases(tx, session.user.id)
  })
  storeChanged('session')
  // Offline the server keeps its session until it expires; the phone is signed out all the same.
  await callApi('DELETE', '/session').catch(() => null)
}

/** @throws PhoneProblem signed_out */
export async function requireSession(): Promise<Session> {
  const session = await restoreSession()
  if (!session) throw new PhoneProblem('signed_out')
  return session
}

async function askSession(method: 'GET' | 'POST', body?: unknown): Promise<SessionBody> {
  const sentAt = Date.now()
  const answer = (await callApi(method, '/session', body)) as SessionBody | null
  if (!answer?.user?.id || !answer.receipt_key) throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  confirmed = { userId: answer.user.id, at: Date.now() }
  return answer
}

async function keepSession(body: SessionBody, device: string): Promise<Session> {
  const session: Session = {
    user: body.user, receiptKey: body.receipt_key, deviceId: device, formVersion: body.form_version,
  }
  await writeMeta('session', session)
  return session
}

type CaseWrite = import('./db').Write<['meta', 'cases', 'drafts']>

/** Cases with an unfinished form stay, since the form could not be finished without them. */
async function forgetCases(tx: CaseWrite, userId: string): Promise<void> {
  const drafted = new Set(
    (await tx.objectStore('drafts').index('by_user').getAll(userId)).map((draft) => draft.case_id),
  )
  const cases = tx.objectStore('cases')
  for (const [user, id] of await cases.index('by_user').getAllKeys(userId)) {
    if (!drafted.has(id)) await cases.delete([user, id])
  }
}

function deviceName(): string {
  const agent = globalThis.navigator?.userAgent ?? ''
  const model = /\(([^)]*)\)/.exec(agent)?.[1] ?? agent
  return model.slice(0, 60)
}
