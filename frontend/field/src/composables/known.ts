import type { Answers } from '../rules/form_shape'
import type { LocalCase } from '../store/cases'
import { common } from '../strings'
import { form as w } from '../strings_case'
import { membersOf } from './answer'
import { isEmpty } from './progress'
import { dateText } from './time'

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** A source in words; a case kept by an older version of the app names none. */
function sourceText(item: LocalCase, source: string | undefined): string {
  if (source !== 'visit') return w.sources[source ?? ''] ?? w.sources.declaration ?? ''
  return w.lastVisit(item.prefill.visited_on ? dateText(item.prefill.visited_on) : '')
}

/** Where an untouched answer came from: one's own form, the last visit, roster or declaration; '' when given here. */
export function knownFrom(item: LocalCase, key: string, value: unknown): string {
  if (isEmpty(value)) return ''
  if (item.last_answers) return same(item.last_answers[key], value) ? w.carried : ''
  return same(item.prefill.answers[key], value) ? sourceText(item, item.prefill.sources?.[key]) : ''
}

/** The people of the form before: one's own, or what was brought along. */
export const peopleBefore = (item: LocalCase): Answers[] => (item.last_answers ? membersOf(item.last_answers) : item.prefill.members)

/** The same for one person; found by number or name, since rows may have moved. */
export function memberKnownFrom(item: LocalCase, member: Answers, key: string): string {
  const value = member[key]
  if (isEmpty(value)) return ''
  const before = peopleBefore(item)
  const at = before.findIndex((one) => (isEmpty(one.m_id_number) ? one.m_name === member.m_name : one.m_id_number === member.m_id_number))
  if (at < 0 || !same(before[at]?.[key], value)) return ''
  if (item.last_answers) return w.carried
  const source = item.prefill.members_from?.[at]
  return source === 'likely' ? w.likelyHead : sourceText(item, source)
}

/** Where the people of a form came from, for the line above them. */
export function peopleFrom(item: LocalCase): string {
  if (item.last_answers) return w.carried
  const sources = (item.prefill.members_from ?? []).map((source) => sourceText(item, source === 'likely' ? 'declaration' : source))
  return [...new Set(sources)].join(common.join)
}
