import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { useSync } from './sync'

/** Whether there is no use in asking the server now, as far as anybody knows. */
export function useOffline(): ComputedRef<boolean> {
  const { state } = useSync()
  const hasLine = ref(navigator.onLine)
  const look = (): void => { hasLine.value = navigator.onLine }
  for (const event of ['online', 'offline']) window.addEventListener(event, look)
  onScopeDispose(() => {
    for (const event of ['online', 'offline']) window.removeEventListener(event, look)
  })
  return computed(() => !hasLine.value || state.value.online === false)
}
