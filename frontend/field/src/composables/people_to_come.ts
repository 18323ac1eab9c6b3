import { FORM } from '../contract/form'
import type { CheckItem } from '../rules/checklist'
import type { Answers } from '../rules/form_shape'
import { membersOf } from './answer'

const PEOPLE = FORM.sections.find((section) => section.repeat)
const SIZES = ['registered_size', 'living_size']

/** Where a number of people was given and fewer are written down, the people are what is missing, not the number. */
export function withPeopleToCome(items: CheckItem[], answers: Answers): CheckItem[] {
  return items.map((item) => (item.code === 'count_differs' && lacking(item.key, answers) > 0 ? { ...item, code: 'people_to_come', section: PEOPLE?.key ?? item.section } : item))
}

/** How many people have yet to be written down, and the number that says so. */
export function peopleToCome(items: readonly CheckItem[], answers: Answers): { key: string; lacks: number } | null {
  const all = items.filter((item) => item.code === 'people_to_come').map(({ key }) => ({ key, lacks: lacking(key, answers) }))
  return all.sort((left, right) => right.lacks - left.lacks)[0] ?? null
}

function lacking(key: string, answers: Answers): number {
  const size = answers[key]
  return SIZES.includes(key) && typeof size === 'number' ? size - membersOf(answers).length : 0
}
