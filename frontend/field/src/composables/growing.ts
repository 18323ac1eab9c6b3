import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

const AT_ONCE = 8
const STEP = 10
const PAUSE_MS = 40
/** Who comes back to a list finds it as long as it was, and the place in it where they were. */
let stood = AT_ONCE

/** When what was just changed is to be seen. A page in the background paints nothing, and must not wait for it. */
export function afterPaint(work: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(work))
  else setTimeout(work)
}

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
  // The first screenful is painted before any other row is made.
  let isGone = false
  watch(total, () => afterPaint(() => { if (!isGone) timer ??= setTimeout(grow, PAUSE_MS) }), { immediate: true })
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
  })
  return readonly(standing)
}
