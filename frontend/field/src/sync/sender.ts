import type { PhoneProblemCode } from '../problem'

export type SyncPhase = 'idle' | 'pulling' | 'depositing' | 'uploading'
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
  /** Device clock minus server clock is more than 10 minutes. */
  isClockWrong: boolean
  clockOffsetMs: number
}
export type SyncReport = {
  ok: boolean; sent: number; received: number; photosReceived: number; error?: PhoneProblemCode
}
/** Starts the timers and listeners once; later calls do nothing. */
export function startSync(): void {}
export async function syncNow(): Promise<SyncReport> {
  return { ok: false, sent: 0, received: 0, photosReceived: 0 }
}
/** @returns a function that ends the subscription */
export function onSyncChange(_callback: (state: SyncState) => void): () => void {
  return () => {}
}
export function syncState(): SyncState {
  return {
    phase: 'idle', online: null, photosDone: 0, photosTotal: 0, lastContactAt: null,
    isOfflineOnly: false, needsSignIn: false, isClockWrong: false, clockOffsetMs: 0,
  }
}
export async function setOfflineOnly(_isOn: boolean): Promise<void> {}
