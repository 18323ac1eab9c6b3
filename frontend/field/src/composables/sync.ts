import { onScopeDispose, readonly, ref, shallowRef, type DeepReadonly, type Ref, type ShallowRef } from 'vue'
import { listOutbox, type OutboxEntry } from '../store/outbox'
import { restoreSession } from '../store/session'
import { onSyncChange, syncNow, syncState, type SyncState } from '../sync/sender'

const state = shallowRef<SyncState>(syncState())
const waiting = ref(0)
const needsPerson = ref(0)
const changes = ref(0)
let isListening = false

/** Households, attempts and notes that are still without a receipt or need the person. */
function isUnsent(entry: OutboxEntry): boolean {
  return entry.item.state === 'waiting' || entry.item.state === 'sending'
    || entry.photos.some((photo) => photo.state !== 'received')
}

export async function refreshCounts(): Promise<OutboxEntry[]> {
  // Signed out nothing may be listed; it is all still there.
  const entries = (await restoreSession()) ? await listOutbox() : []
  waiting.value = entries.filter(isUnsent).length
  needsPerson.value = entries.filter((entry) => entry.item.state === 'needs_person').length
  return entries
}

function listen(): void {
  if (isListening) return
  isListening = true
  onSyncChange((next) => {
    state.value = next
    changes.value += 1
    void refreshCounts()
  })
  void refreshCounts()
}

/** Tries now without waiting for the end; what came of it arrives through the state. */
export function requestSync(): void {
  syncNow().catch(() => { state.value = syncState() })
}

type SyncView = {
  state: Readonly<ShallowRef<SyncState>>
  waiting: DeepReadonly<Ref<number>>
  needsPerson: DeepReadonly<Ref<number>>
  changes: DeepReadonly<Ref<number>>
}

export function useSync(): SyncView {
  listen()
  return { state, waiting: readonly(waiting), needsPerson: readonly(needsPerson), changes: readonly(changes) }
}

/** The present moment, moved on every half minute and when the screen comes back. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const tick = (): void => { now.value = Date.now() }
  const timer = setInterval(tick, 30_000)
  document.addEventListener('visibilitychange', tick)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}

export { isUnsent }
