import type { DepositKey, DeviceState, SessionBody, User } from '../contract/api'
import { PhoneProblem } from '../problem'
import { callApi } from '../sync/http'
import { sampleServerTime } from './clock'
import { writeOnce } from './db'
import { signText } from './device_keys'
import { heldCases, type HeldStores } from './held'
import { newId } from './ids'
import { readMeta } from './meta'
import { personOf } from './person_row'
import { storeChanged } from './signal'
import { askToPersist } from './storage_gauge'
import { lock } from './vault_lock'
import { isUnlocked, vaultKey, vaultState } from './vault_state'


export type Session = {
  user: User; receiptKey: JsonWebKey; deviceId: string; formVersion: number
  /** Missing until the server was spoken to with this version of the program. */
  depositKey?: DepositKey | null
  /** Whether the office knows this phone. */
  device?: DeviceState
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
  const proof = await signText(['ruhu-bind-1', id, username].join('\n'))
  const device = { id, name: deviceName(), app_version: __APP_VERSION__, proof }
  const body = await askSession('POST', { username, password, device })
  if (vaultState().openFor !== body.user.id) await lock()
  const session = await keepSession(body, id)
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

/** Ends the session and forgets the cached cases; vault, drafts and unsent work stay. */
export async function signOut(): Promise<void> {
  doubtSession()
  const session = await restoreSession()
  await lock()
  await writeOnce(['meta', 'people', 'cases', 'drafts', 'notes', 'items', 'photos'], async (tx) => {
    await tx.objectStore('meta').delete('session')
    if (!session) return
    const person = await tx.objectStore('people').get(session.user.id)
    if (person) await tx.objectStore('people').put({ ...person, is_signed_out: true })
    await forgetCases(tx, session.user.id)
  })
  storeChanged('session')
  // Offline the server keeps its session until it expires; the phone is signed out all the same.
  await callApi('DELETE', '/session').catch(() => null)
}

/** After ten wrong PINs: the browser's session must not open what the PIN did not. */
export async function endServerSession(userId: string): Promise<void> {
  const isTheirs = confirmed === null || confirmed.userId === userId
  doubtSession()
  if (isTheirs) await callApi('DELETE', '/session').catch(() => null)
}

/** @throws PhoneProblem signed_out */
export async function requireSession(): Promise<Session> {
  const session = await restoreSession()
  if (!session) throw new PhoneProblem('signed_out')
  return session
}

/** The session of a person whose part of the phone is open. @throws PhoneProblem signed_out, locked */
export async function requireOpen(): Promise<Session> {
  const session = await requireSession()
  vaultKey(session.user.id)
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
    depositKey: body.deposit_key ?? null, ...(body.device && { device: body.device }),
  }
  const hadDepositKey = await writeOnce(['meta', 'people'], async (tx) => {
    const known = await tx.objectStore('people').get(session.user.id)
    const { vault, taken_drafts } = known ?? personOf(session)
    await tx.objectStore('people').put({ ...personOf(session), vault, taken_drafts })
    await tx.objectStore('meta').put({ key: 'session', value: session })
    // Outlives the session: an enrolled phone hands in without one.
    await tx.objectStore('meta').put({ key: 'is_enrolled', value: body.device?.enrolled === true })
    return known?.deposit_key != null
  })
  if (!hadDepositKey && isUnlocked(session.user.id)) {
    const { closeWhatIsPlain } = await import('./vault_reclose')
    await closeWhatIsPlain(session.user.id)
  }
  return session
}

/** Cases with something unfinished stay, since it could not be finished without them. */
async function forgetCases(tx: HeldStores, userId: string): Promise<void> {
  const held = await heldCases(tx, userId)
  const cases = tx.objectStore('cases')
  for (const [user, id] of await cases.index('by_user').getAllKeys(userId)) {
    if (!held.has(id)) await cases.delete([user, id])
  }
}

function deviceName(): string {
  const agent = globalThis.navigator?.userAgent ?? ''
  const model = /\(([^)]*)\)/.exec(agent)?.[1] ?? agent
  return model.slice(0, 60)
}
