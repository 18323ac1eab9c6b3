import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Question } from '../rules/form_shape'
import { isEmpty } from './progress'

type Extras = { shown: ComputedRef<Question[]>; left: ComputedRef<number>; isMore: Ref<boolean> }

/** Questions for whoever wants to say more stay away until they are answered, asked for or to be mended. */
export function useExtras(asked: () => readonly Question[], valueOf: (key: string) => unknown, fix: () => unknown): Extras {
  const isMore = ref(false)
  const shown = computed(() => asked().filter((one) => !one.extra || isMore.value || !isEmpty(valueOf(one.key)) || one.key === fix()))
  return { shown, left: computed(() => asked().length - shown.value.length), isMore }
}
