import type { Answers } from '../rules/form_shape'
import type { LocalCase } from '../store/cases'
import { form as w } from '../strings_case'
import { membersOf } from './answer'
import { isEmpty } from './progress'

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** Where an untouched answer came from: the last visit, or roster and declaration; '' when given here. */
export function knownFrom(item: LocalCase, key: string, value: unknown): string {
  if (isEmpty(value)) return ''
  if (item.last_answers) return same(item.last_answers[key], value) ? w.carried : ''
  return same(item.prefill.answers[key], value) ? w.prefilled : ''
}

/** The same for one person; found by number or name, since rows may have moved. */
export function memberKnownFrom(item: LocalCase, member: Answers, key: string): string {
  const value = member[key]
  if (isEmpty(value)) return ''
  const before = item.last_answers ? membersOf(item.last_answers) : item.prefill.members
  const twin = before.find((one) => (isEmpty(one.m_id_number) ? one.m_name === member.m_name : one.m_id_number === member.m_id_number))
  return twin && same(twin[key], value) ? (item.last_answers ? w.carried : w.prefilled) : ''
}
