export type StorageGauge = { used: number; quota: number; ratio: number; level: 'ok' | 'warn' | 'full'; photosLeft: number }
/** warn from 70 %, full (no new photos) from 90 % of the browser's quota; bytes. */
export async function storageGauge(): Promise<StorageGauge> {
  return { used: 0, quota: 0, ratio: 0, level: 'ok', photosLeft: 0 }
}
