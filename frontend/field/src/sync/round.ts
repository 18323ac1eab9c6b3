import { purgeReceived } from '../store/purge'
import { refreshSession, restoreSession, type Session } from '../store/session'
import { asProblem, PhoneProblem, type PhoneProblemCode } from '../problem'
import { depositWaiting } from './deposit'
import { asOnlySender } from './lock'
import { uploadWaitingPhotos } from './photos'
import { pullChanges } from './pull'

export type SyncPhase = 'idle' | 'pulling' | 'depositing' | 'uploading'
export type SyncReport = {
  ok: boolean; sent: number; received: number; photosReceived: number
  error?: PhoneProblemCode; retryAfterMs?: number
}
export type RoundOptions = {
  /** True when the person asked: then also what the server refused before is sent again. */
  isAsked: boolean
  mayGoOn(): boolean
  onPhase(phase: SyncPhase): void
}

/** null while another window of this phone sends. */
export function syncRoundAlone(options: RoundOptions): Promise<SyncReport | null> {
  return asOnlySender(() => syncRound(options))
}

/** How long the answer "this is still you" is believed. */
const IDENTITY_MS = 15 * 60_000
let confirmed: { userId: string; at: number } | null = null

export function forgetIdentity(): void {
  confirmed = null
}

/** Deposit, pull, photos: facts first. Never throws; what failed is in the report. */
export async function syncRound(options: RoundOptions): Promise<SyncReport> {
  const report: SyncReport = { ok: false, sent: 0, received: 0, photosReceived: 0 }
  try {
    const session = await confirmSession()
    options.onPhase('depositing')
    Object.assign(report, await depositWaiting(session, options.isAsked))
    options.onPhase('pulling')
    await pullChanges(session)
    options.onPhase('uploading')
    report.photosReceived = await uploadWaitingPhotos(session, options.isAsked, options.mayGoOn)
    await purgeReceived()
    report.ok = true
  } catch (cause) {
    const problem = asProblem(cause)
    if (problem.code === 'signed_out') forgetIdentity()
    report.error = problem.code
    if (problem.retryAfterMs !== undefined) report.retryAfterMs = problem.retryAfterMs
  }
  return report
}

/** The cookie is shared with the desk: work must not be handed in under somebody else's name. */
async function confirmSession(): Promise<Session> {
  const session = await restoreSession()
  if (!session) throw new PhoneProblem('signed_out')
  const isFresh = confirmed?.userId === session.user.id && Date.now() - confirmed.at < IDENTITY_MS
  if (isFresh) return session
  const refreshed = await refreshSession(session)
  confirmed = { userId: refreshed.user.id, at: Date.now() }
  return refreshed
}
