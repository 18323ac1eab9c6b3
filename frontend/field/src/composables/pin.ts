import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

export const PIN_DIGITS = 6

export type PinEntry = { digits: Ref<string>; isBusy: Ref<boolean>; press: (digit: string) => Promise<void>; erase: () => void }

/** Six digits from the keys on the screen or a real keyboard; the sixth one submits. */
export function usePin(submit: (pin: string) => Promise<void>): PinEntry {
  const digits = ref('')
  const isBusy = ref(false)

  async function press(digit: string): Promise<void> {
    if (isBusy.value || digits.value.length >= PIN_DIGITS) return
    digits.value += digit
    if (digits.value.length < PIN_DIGITS) return
    isBusy.value = true
    try {
      await submit(digits.value)
    } finally {
      digits.value = ''
      isBusy.value = false
    }
  }
  function erase(): void {
    if (!isBusy.value) digits.value = digits.value.slice(0, -1)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (/^\d$/.test(event.key)) void press(event.key)
    else if (event.key === 'Backspace') erase()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
  return { digits, isBusy, press, erase }
}
