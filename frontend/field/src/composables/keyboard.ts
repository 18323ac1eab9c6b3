import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

const TYPED = 'textarea, input:not([type]), input[type="text"], input[type="search"], input[type="tel"], input[type="password"]'

/** Whether a field has the focus, so that the phone's keyboard takes half of the screen. */
export function useTyping(): Ref<boolean> {
  const isTyping = ref(false)
  const look = (): void => { isTyping.value = !!document.activeElement?.matches(TYPED) }
  onMounted(() => {
    for (const name of ['focusin', 'focusout']) document.addEventListener(name, look)
    look()
  })
  onBeforeUnmount(() => { for (const name of ['focusin', 'focusout']) document.removeEventListener(name, look) })
  return isTyping
}

/** How much of the page's foot the keyboard covers, in px: Safari lays it over the page, Chrome makes room for it. */
export function useCovered(): Ref<number> {
  const covered = ref(0)
  const view = window.visualViewport
  const look = (): void => { covered.value = view && view.scale === 1 ? Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop)) : 0 }
  onMounted(() => { for (const name of ['resize', 'scroll']) view?.addEventListener(name, look) })
  onBeforeUnmount(() => { for (const name of ['resize', 'scroll']) view?.removeEventListener(name, look) })
  return covered
}
