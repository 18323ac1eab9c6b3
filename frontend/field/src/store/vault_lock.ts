import { storeChanged } from './signal'
import { dropKeys, onVaultChange, vaultState } from './vault_state'

export const LOCK_AFTER_MS = 5 * 60_000
/** A save that hangs must not keep the phone open. */
const FLUSH_MS = 3_000
/** A network corrects a clock by seconds now and then. */
const CLOCK_SLACK_MS = 60_000
const TOUCHES = ['pointerdown', 'keydown', 'touchstart', 'wheel'] as const

const hooks = new Set<() => Promise<void> | void>()
let touchedAt = 0
let timer: ReturnType<typeof setTimeout> | undefined
let locking: Promise<void> | null = null

/** Run before the keys go, to save what is typed. @returns a function that takes the hook away */
export function beforeLock(hook: () => Promise<void> | void): () => void {
  hooks.add(hook)
  return () => hooks.delete(hook)
}

export function lock(): Promise<void> {
  locking ??= flushAll().then(() => {
    dropKeys()
    storeChanged('session')
    locking = null
  })
  return locking
}

/** Locks after five minutes without a touch, sleep included. @returns a function that ends it */
export function startAutoLock(): () => void {
  const target = globalThis.document
  const stopHearing = onVaultChange(({ openFor }) => (openFor === null ? clearTimeout(timer) : rest()))
  rest()
  for (const name of TOUCHES) target?.addEventListener(name, touch, { passive: true, capture: true })
  target?.addEventListener('visibilitychange', lockIfOver)
  return () => {
    stopHearing()
    clearTimeout(timer)
    for (const name of TOUCHES) target?.removeEventListener(name, touch, { capture: true })
    target?.removeEventListener('visibilitychange', lockIfOver)
  }
}

/** A touch that wakes the phone comes before anything has looked at the clock. */
function touch(): void {
  if (isOver()) void lock()
  else rest()
}

function rest(): void {
  touchedAt = Date.now()
  clearTimeout(timer)
  timer = setTimeout(lockIfOver, LOCK_AFTER_MS)
}

/** Timers stand still while a phone sleeps, and a clock may be set back: both count as over. */
function isOver(): boolean {
  const passed = Date.now() - touchedAt
  return vaultState().openFor !== null && (passed >= LOCK_AFTER_MS || passed < -CLOCK_SLACK_MS)
}

function lockIfOver(): void {
  if (isOver()) void lock()
}

async function flushAll(): Promise<void> {
  const flushed = Promise.allSettled([...hooks].map(async (hook) => hook()))
  await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, FLUSH_MS))])
}
