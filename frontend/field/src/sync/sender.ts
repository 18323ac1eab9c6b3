import type { PhoneProblemCode } from '../problem'
import { isSkewed, serverOffsetMs } from '../store/clock'
import { readMeta, writeMeta } from '../store/meta'
import { onceMore } from '../store/once_more'
import { restoreSession } from '../store/session'
import { onStoreChange } from '../store/signal'
import { askToPersist } from '../store/storage_gauge'
import { photoCounts } from './counts'
import type { SyncPhase, SyncReport } from './round'
import { listenForHints, scheduleAfter } from './schedule'

export type { SyncPhase, SyncReport } from './round'

export type SyncState = {
  phase: SyncPhase
  /** null until the server has been tried once since the start. */
  online: boolean | null
  photosDone: number; photosTotal: number
  lastContactAt: string | null
  lastError?: PhoneProblemCode
  isOfflineOnly: boolean
  /** Signed out by the server: unsent work waits for the next sign-in. */
  needsSignIn: boolean
  /** The phone's clock is more than 10 minutes off the server's. */
  isClockWrong: boolean
  /** Server clock minus device clock. */
  clockOffsetMs: number
}

let state: SyncState = {
  phase: 'idle', online: null, photosDone: 0, photosTotal: 0, lastContactAt: null,
  isOfflineOnly: false, needsSignIn: false, isClockWrong: false, clockOffsetMs: 0,
}
let running: Promise<SyncReport> | null = null
let isStarted = false
let failures = 0
/** Something was finished since the running round began: facts go before the rest of the photos. */
let hasNews = false
const listeners = new Set<(state: SyncState) => void>()

/** Starts the timers and listeners once; later calls do nothing. */
export function startSync(): void {
  if (isStarted) return
  isStarted = true
  listenForHints(() => void runRound(false))
  onStoreChange((change) => {
    if (change === 'items' || change === 'photos' || change === 'session') void refreshCounts()
    if (change !== 'finished' && change !== 'session') return
    hasNews = true
    if (!running) scheduleAfter(0)
  })
  void askToPersist()
  // A failure shows itself where it is needed.
  import('../store/seal').then(({ loadSealing }) => loadSealing()).catch(() => null)
  void restoreSwitches().then(() => scheduleAfter(0))
}

/** One round now, asked for by the person; waits for one that is already running. */
export async function syncNow(): Promise<SyncReport> {
  if (running) await running
  return runRound(true)
}

/** @returns a function that ends the subscription */
export function onSyncChange(callback: (state: SyncState) => void): () => void {
  listeners.add(callback)
  return () => listeners.delete(callback)
}

export function syncState(): SyncState {
  return state
}

/** Nothing is sent or asked while this is on; what is on the wire ends with its photo. */
export async function setOfflineOnly(isOn: boolean): Promise<void> {
  await writeMeta('offline_only', isOn)
  publish({ isOfflineOnly: isOn })
  if (!isOn && isStarted) scheduleAfter(0)
}

function runRound(isAsked: boolean): Promise<SyncReport> {
  running ??= oneRound(isAsked).finally(() => {
    running = null
  })
  return running
}

async function oneRound(isAsked: boolean): Promise<SyncReport> {
  const nothing: SyncReport = { ok: false, sent: 0, received: 0, photosReceived: 0, isContact: false }
  hasNews = false
  await restoreSwitches()
  if (state.isOfflineOnly) return nothing
  if (!(await canSend())) {
    publish({ needsSignIn: true })
    return { ...nothing, error: 'signed_out' }
  }
  // Loaded after the first screen stands; the worker has it on the phone.
  const { syncRoundAlone } = await import('./round')
  const report = await syncRoundAlone({
    isAsked, mayGoOn: () => !state.isOfflineOnly && !hasNews, onPhase: (phase) => publish({ phase }),
  })
  if (!report) {
    // Another window is sending; it tells nobody here, so look again soon.
    if (isStarted) scheduleAfter('idle')
    return nothing
  }
  await noteReport(report)
  return report
}

/** An enrolled phone hands in what is signed also while nobody is signed in. */
async function canSend(): Promise<boolean> {
  return (await restoreSession()) !== null || (await readMeta('is_enrolled')) === true
}

async function noteReport(report: SyncReport): Promise<void> {
  failures = report.ok ? 0 : failures + 1
  const isCut = ['offline', 'not_our_server', 'server_unavailable'].includes(report.error ?? '')
  const online = isCut ? false : report.isContact ? true : state.online
  const contact = !isCut && report.isContact ? { lastContactAt: new Date().toISOString() } : {}
  if (contact.lastContactAt) await writeMeta('last_contact_at', contact.lastContactAt)
  const offset = await serverOffsetMs()
  const { lastError: _old, ...rest } = state
  state = rest
  // Told in any case: receipts came, and they stand in the store.
  tell({
    phase: 'idle', online, ...contact, needsSignIn: report.error === 'signed_out',
    isClockWrong: isSkewed(offset), clockOffsetMs: offset,
    ...(report.error && { lastError: report.error }),
  })
  await refreshCounts()
  if (isStarted) scheduleAfter(report.ok ? (hasNews ? 0 : 'idle') : { failures, atLeast: report.retryAfterMs ?? 0 })
}

async function restoreSwitches(): Promise<void> {
  publish({
    isOfflineOnly: (await readMeta('offline_only')) ?? false,
    lastContactAt: await readMeta('last_contact_at'),
  })
}

const refreshCounts = onceMore(async (): Promise<void> => {
  const session = await restoreSession()
  const { done, total } = session ? await photoCounts(session.user.id) : { done: 0, total: 0 }
  publish({ photosDone: done, photosTotal: total })
})

/** Whoever hears of it reads the store again, so what is as it was is not told. */
function publish(change: Partial<SyncState>): void {
  const names = Object.keys(change) as (keyof SyncState)[]
  if (names.some((name) => state[name] !== change[name])) tell(change)
}

function tell(change: Partial<SyncState>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener(state)
}
