import { ref, type Ref } from 'vue'
import { sentenceOf } from './problem'

export type Filing = {
  /** Why the last try failed, for the person. */
  trouble: Ref<string>
  isBusy: Ref<boolean>
  /** Does it, or says why not; a second tap meanwhile does nothing. `failed`: what goes on again then. */
  file: (work: () => Promise<unknown>, failed?: () => void) => Promise<void>
}

export function useFiling(): Filing {
  const trouble = ref('')
  const isBusy = ref(false)
  async function file(work: () => Promise<unknown>, failed = (): void => {}): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    try {
      await work()
    } catch (problem) {
      trouble.value = sentenceOf(problem)
      failed()
    } finally {
      isBusy.value = false
    }
  }
  return { trouble, isBusy, file }
}
