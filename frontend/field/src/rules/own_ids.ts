import { isRecord } from './answer_faults'
import type { Answers } from './form_shape'

const IN_INCOMES = 'wages_without_months'

/**
 * Gives every member and entry of `lists` an id of its own, so that what was said of one stays with it when another
 * goes. Reasons that an older form filed under a place move to the id of who stood there. Nothing else changes.
 */
export function withIds(answers: Answers, lists: readonly string[], newId: () => string): Answers {
  const given: Record<string, Record<number, string>> = {}
  const changed = { ...answers }
  for (const list of lists) {
    const listed = answers[list]
    if (!Array.isArray(listed)) continue
    changed[list] = listed.map((one: unknown, at) => {
      if (!isRecord(one) || one.id) return one
      const id = newId()
      given[list] = { ...given[list], [at]: id }
      return { ...one, id }
    })
  }
  if (isRecord(answers.overruled)) {
    changed.overruled = Object.fromEntries(Object.entries(answers.overruled).map(([mark, why]) => {
      const [code = '', at = ''] = mark.split(':')
      const id = at && given[code === IN_INCOMES ? 'incomes' : 'members']?.[Number(at)]
      return [id ? `${code}:${id}` : mark, why]
    }))
  }
  return changed
}
