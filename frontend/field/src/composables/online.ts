import { computed, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue'
import { useSync } from './sync'
import { waitingFor, type Waiting } from './waiting'

function useLine(): Ref<boolean> {
  const hasLine = ref(navigator.onLine)
  const look = (): void => { hasLine.value = navigator.onLine }
  for (const event of ['online', 'offline']) window.addEventListener(event, look)
  onScopeDispose(() => {
    for (const event of ['online', 'offline']) window.removeEventListener(event, look)
  })
  return hasLine
}

/** Whether there is no use in asking the server now, as far as anybody knows. */
export function useOffline(): ComputedRef<boolean> {
  const { state } = useSync()
  const hasLine = useLine()
  return computed(() => !hasLine.value || state.value.online === false)
}

/** What that which is finished still waits for. */
export function useWaiting(): ComputedRef<Waiting> {
  const { state } = useSync()
  const hasLine = useLine()
  return computed(() => waitingFor(state.value, hasLine.value))
}
