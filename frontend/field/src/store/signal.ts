/**
 * What changed in the store, told to whoever listens in this window.
 * `finished`: the person ended a form, so there is something to send.
 */
export type StoreChange = 'session' | 'cases' | 'draft' | 'items' | 'photos' | 'notices' | 'finished'

const listeners = new Set<(change: StoreChange) => void>()

export function onStoreChange(listener: (change: StoreChange) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function storeChanged(change: StoreChange): void {
  for (const listener of listeners) listener(change)
}
