import { purgeReceived } from '../store/purge'
import { confirmedSession, doubtSession } from '../store/session'
import { asProblem, type PhoneProblemCode } from '../problem'
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

/** Deposit, pull, photos: facts first. Never throws; what failed is in the report. */
export async function syncRound(options: RoundOptions): Promise<SyncReport> {
  const report: SyncReport = { ok: false, sent: 0, received: 0, photosReceived: 0 }
  try {
    const session = await confirmedSession()
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
    if (problem.code === 'signed_out') doubtSession()
    report.error = problem.code
    if (problem.retryAfterMs !== undefined) report.retryAfterMs = problem.retryAfterMs
  }
  return report
}
