import { writeOnce } from '../store/db'
import { newId } from '../store/ids'

const LOCK_NAME = 'ruhu-sender'
const LEASE_MS = 60_000

/**
 * Runs `work` while no other window of this phone sends; null when another one does.
 * Without Web Locks a lease in the store takes their place: it ends by itself after a crash.
 */
export async function asOnlySender<T>(work: () => Promise<T>): Promise<T | null> {
  const locks = globalThis.navigator?.locks
  if (!locks) return withLease(work)
  return locks.request(LOCK_NAME, { ifAvailable: true }, async (lock) => (lock ? work() : null))
}

async function withLease<T>(work: () => Promise<T>): Promise<T | null> {
  const owner = newId()
  if (!(await takeLease(owner, LEASE_MS))) return null
  const renewal = setInterval(() => void takeLease(owner, LEASE_MS).catch(() => false), LEASE_MS / 3)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await takeLease(owner, 0)
  }
}

async function takeLease(owner: string, duration: number): Promise<boolean> {
  return writeOnce(['meta'], async (tx) => {
    const row = await tx.objectStore('meta').get('sender_lease')
    const lease = row?.value as { owner: string; until: number } | undefined
    if (lease && lease.owner !== owner && isRunning(lease.until)) return false
    await tx.objectStore('meta').put({ key: 'sender_lease', value: { owner, until: Date.now() + duration } })
    return true
  })
}

/** One that runs longer than any lease was taken before the clock was set back. */
function isRunning(until: number): boolean {
  const left = until - Date.now()
  return left > 0 && left <= LEASE_MS
}
