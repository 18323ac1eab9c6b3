import { onScopeDispose, readonly, ref, shallowRef, type DeepReadonly, type Ref, type ShallowRef } from 'vue'
import { onceMore } from '../store/once_more'
import { outboxOf, type Outbox } from '../store/outbox_list'
import { afterRush } from '../store/rush'
import { restoreSession } from '../store/session'
import { onStoreChange } from '../store/signal'
import { onSyncChange, syncNow, syncState, type SyncState } from '../sync/sender'
import { householdCounts } from './outbox_counts'

const state = shallowRef<SyncState>(syncState())
/** Households with something to hand in, and all that the outbox shows as still here. */
const waiting = ref(0)
const here = ref(0)
const changes = ref(0)
let isListening = false

/** null while nobody is signed in: then nothing may be listed, and it is all still there. */
export const refreshCounts = onceMore(async (): Promise<Outbox | null> => {
  const session = await restoreSession()
  const outbox = session ? await outboxOf(session.user.id) : null
  const counted = householdCounts(outbox?.entries ?? [])
  waiting.value = counted.waiting
  here.value = counted.here
  return outbox
})

function listen(): void {
  if (isListening) return
  isListening = true
  const lookAgain = (): void => {
    changes.value += 1
    void refreshCounts()
  }
  onSyncChange((next) => {
    state.value = next
    lookAgain()
  })
  onStoreChange((change) => {
    if (change === 'items' || change === 'photos') lookAgain()
    if (change === 'notices' || change === 'cases') changes.value += 1
    if (change === 'session') void afterRush().then(refreshCounts)
  })
  void afterRush().then(refreshCounts)
}

/** Tries now without waiting for the end; what came of it arrives through the state. */
export function requestSync(): void {
  syncNow().catch(() => { state.value = syncState() })
}

type SyncView = {
  state: Readonly<ShallowRef<SyncState>>
  waiting: DeepReadonly<Ref<number>>
  here: DeepReadonly<Ref<number>>
  changes: DeepReadonly<Ref<number>>
}

export function useSync(): SyncView {
  listen()
  return { state, waiting: readonly(waiting), here: readonly(here), changes: readonly(changes) }
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
