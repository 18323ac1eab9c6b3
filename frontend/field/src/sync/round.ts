import { asProblem, type PhoneProblemCode } from '../problem'
import { purgeReceived } from '../store/purge'
import { confirmedSession, doubtSession, restoreSession } from '../store/session'
import { hasVault } from '../store/vault'
import { isUnlocked } from '../store/vault_state'
import { depositSigned, depositUnderSession, type Deposited } from './deposit'
import { followEpoch } from './epoch'
import { answerCount } from './http'
import { asOnlySender } from './lock'
import { uploadWaitingPhotos } from './photos'
import { askAhead, pullChanges } from './pull'
import { epochByItself, oweCounts, tellOwedCounts } from './tell'

export type SyncPhase = 'idle' | 'pulling' | 'depositing' | 'uploading'
export type SyncReport = {
  ok: boolean; sent: number; received: number; photosReceived: number
  /** The server was heard of; a locked phone with nothing to hand in has no reason to call it. */
  isContact: boolean
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
  const report: SyncReport = { ok: false, sent: 0, received: 0, photosReceived: 0, isContact: false }
  const before = answerCount()
  try {
    options.onPhase('depositing')
    const { isSignedOut, isEpochFollowed } = await tellAndAsk(options, report)
    options.onPhase('uploading')
    await uploadWaitingPhotos(options.isAsked, options.mayGoOn, (userId) => {
      report.photosReceived += 1
      oweCounts(userId)
    })
    await tellOwedCounts()
    // A server that was restored meanwhile may lack what this phone is about to forget.
    if (isEpochFollowed) await purgeReceived()
    report.ok = !isSignedOut
    if (isSignedOut) report.error = 'signed_out'
  } catch (cause) {
    const problem = asProblem(cause)
    if (problem.code === 'signed_out') doubtSession()
    report.error = problem.code
    if (problem.retryAfterMs !== undefined) report.retryAfterMs = problem.retryAfterMs
  }
  report.isContact = answerCount() > before || report.photosReceived > 0
  return report
}

type Told = {
  /** The person has to sign in for the rest; what needs nobody has gone out all the same. */
  isSignedOut: boolean
  /** The server said its epoch, and what it lacks of the phone's waits again. */
  isEpochFollowed: boolean
}

async function tellAndAsk(options: RoundOptions, report: SyncReport): Promise<Told> {
  const told: Told = { isSignedOut: false, isEpochFollowed: false }
  const done = await depositSigned(options.isAsked)
  note(report, done)
  try {
    const pulled = await asFarAsSignedIn(told, () => underSession(done, options))
    const epoch = pulled ?? done.epoch ?? (await epochByItself(options.isAsked))
    told.isEpochFollowed = (await asFarAsSignedIn(told, () => follow(epoch, done, options, told))) ?? false
    return told
  } finally {
    note(report, done)
  }
}

/** null when somebody has to sign in first. */
async function asFarAsSignedIn<T>(told: Told, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (cause) {
    if (asProblem(cause).code !== 'signed_out') throw cause
    doubtSession()
    told.isSignedOut = true
    return null
  }
}

/** What only the person who is signed in can hand in and ask for. @returns the epoch, if the server was asked */
async function underSession(done: Deposited, options: RoundOptions): Promise<string | null> {
  await depositUnderSession(done, options.isAsked)
  const current = (await restoreSession())?.user.id
  if (current && isUnlocked(current)) {
    await confirmedSession()
    options.onPhase('pulling')
    return pullUnlessLocked(current)
  }
  if (current && !(await hasVault(current))) {
    await confirmedSession()
    await askAhead(current)
  }
  return null
}

/** What a restored server lacks goes again at once. @returns whether an epoch was heard and followed */
async function follow(epoch: string | null, done: Deposited, options: RoundOptions, told: Told): Promise<boolean> {
  if ((await followEpoch(epoch)) === 0) return epoch !== null
  options.onPhase('depositing')
  const again = await depositSigned(options.isAsked)
  if (!told.isSignedOut) await depositUnderSession(again, options.isAsked)
  done.sent += again.sent
  done.received += again.received
  return true
}

/** The phone may lock while the answer is on its way; nothing of it is kept then. */
async function pullUnlessLocked(userId: string): Promise<string | null> {
  try {
    return await pullChanges(userId)
  } catch (cause) {
    if (asProblem(cause).code === 'locked') return null
    throw cause
  }
}

function note(report: SyncReport, done: Deposited): void {
  report.sent = done.sent
  report.received = done.received
}
