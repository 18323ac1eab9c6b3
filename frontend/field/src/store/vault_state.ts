import { PhoneProblem } from '../problem'

/** What is open in this window. The keys are in memory only, so a restart locks. */
export type VaultState = { openFor: string | null }

const keys = new Map<string, CryptoKey>()
const listeners = new Set<(state: VaultState) => void>()
let state: VaultState = { openFor: null }

export function isUnlocked(userId: string): boolean {
  return keys.has(userId)
}

/** @throws PhoneProblem locked */
export function vaultKey(userId: string): CryptoKey {
  const key = keys.get(userId)
  if (!key) throw new PhoneProblem('locked')
  return key
}

export function vaultState(): VaultState {
  return state
}

/** @returns a function that ends the subscription */
export function onVaultChange(listener: (state: VaultState) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One person at a time: opening for one closes for every other. */
export function keepOpen(userId: string, key: CryptoKey): void {
  keys.clear()
  keys.set(userId, key)
  publish(userId)
}

export function dropKeys(): void {
  keys.clear()
  publish(null)
}

function publish(openFor: string | null): void {
  state = { openFor }
  for (const listener of listeners) listener(state)
}
