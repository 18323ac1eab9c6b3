import { shallowRef, watch } from 'vue'
import type { ToldWords } from '../contract/api'
import { readMeta } from '../store/meta'
import { session } from './session'
import { useSync } from './sync'

/** {book: {code: word}} of the county in which the signed-in person works; what is not in it has the standard word. */
export const wordsTold = shallowRef<ToldWords['books']>({})

/** Keeps them as the office last told them, for as long as the app is open. */
export function keepWords(): void {
  const { changes } = useSync()
  watch([changes, session], async () => {
    const id = session.value?.user.id ?? ''
    if (!id) return void (wordsTold.value = {})
    const kept = await readMeta('words').catch(() => null)
    // Somebody else may have taken the phone while the store was read.
    if ((session.value?.user.id ?? '') === id) wordsTold.value = kept?.[id]?.books ?? {}
  }, { immediate: true })
}
