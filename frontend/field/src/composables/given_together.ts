import { computed, shallowRef, type ComputedRef } from 'vue'
import type { Answers } from '../rules/form_shape'

/** Usual answers that one tap gave, and the keys of the sections they are in. */
export type GivenTogether = { caseId: string; sections: readonly string[]; answers: Answers }
export type Giving = {
  /** The last such tap in this case while any of it still stands. */
  given: ComputedRef<GivenTogether | null>
  giveTogether: (answers: Answers, sections: readonly string[]) => void
  takeBack: () => void
}

/** Outlives its screen: what one tap wrote down in three sections is first seen on the next one. */
const last = shallowRef<GivenTogether | null>(null)

const plain = (value: unknown): string => JSON.stringify(value, (key, inner: unknown) => (key === 'id' ? undefined : inner)) ?? ''

/** Only what that tap gave and nobody changed since can be taken back. */
export function useGiving(caseId: string, now: () => Answers, set: (changes: Answers) => void): Giving {
  const still = (one: GivenTogether): string[] => Object.keys(one.answers).filter((key) => plain(now()[key]) === plain(one.answers[key]))
  const given = computed(() => (last.value?.caseId === caseId && still(last.value).length ? last.value : null))
  function giveTogether(answers: Answers, sections: readonly string[]): void {
    last.value = { caseId, sections, answers: { ...answers } }
    set({ ...answers })
  }
  function takeBack(): void {
    if (given.value) set(Object.fromEntries(still(given.value).map((key) => [key, undefined])))
    last.value = null
  }
  return { given, giveTogether, takeBack }
}
