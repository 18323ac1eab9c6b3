import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

const AT_ONCE = 8
const STEP = 10
const PAUSE_MS = 40
/** Who comes back to a list finds it as long as it was, and the place in it where they were. */
let stood = AT_ONCE

/** How many rows of a long list stand: a screenful at once, the others whenever the browser has time. */
export function useGrowing(total: () => number): Readonly<Ref<number>> {
  const standing = ref(stood)
  let timer: ReturnType<typeof setTimeout> | undefined
  const grow = (): void => {
    timer = undefined
    if (total() <= standing.value) return
    standing.value += STEP
    stood = standing.value
    timer = setTimeout(grow, PAUSE_MS)
  }
  watch(total, () => { timer ??= setTimeout(grow, PAUSE_MS) }, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return readonly(standing)
}
