export type StorageGauge = {
  /** Bytes. */
  used: number
  quota: number
  ratio: number
  level: 'ok' | 'warn' | 'full'
  /** How many more photos fit below the limit, at 250 KB each. */
  photosLeft: number
}

const WARN_FROM = 0.7
const FULL_FROM = 0.9
const PHOTO_BYTES = 250 * 1024

/** warn from 70 %, full (no new photos) from 90 % of the browser's quota. */
export async function storageGauge(): Promise<StorageGauge> {
  const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => null)
  return gaugeOf(estimate?.usage ?? 0, estimate?.quota ?? 0)
}

/** A quota of 0 means the browser does not say: photos are then not held back. */
export function gaugeOf(used: number, quota: number): StorageGauge {
  const ratio = quota > 0 ? used / quota : 0
  const level = ratio >= FULL_FROM ? 'full' : ratio >= WARN_FROM ? 'warn' : 'ok'
  const room = quota > 0 ? Math.max(0, quota * FULL_FROM - used) : Number.MAX_SAFE_INTEGER
  return { used, quota, ratio, level, photosLeft: Math.floor(room / PHOTO_BYTES) }
}

/** Asks the browser not to clear this site's data on its own; true when it agreed. */
export async function askToPersist(): Promise<boolean> {
  const storage = globalThis.navigator?.storage
  if (!storage?.persist) return false
  return (await storage.persisted()) || (await storage.persist())
}
