import { FORM } from '../contract/form'
import { ageOf } from './age'
import { isEmpty } from './answer_faults'
import type { Answers, Cond } from './form_shape'
import { shanghaiToday } from './identity'

/**
 * Whether a question is asked. Inside a member a key means the member's own answer first.
 * Without a condition it always is.
 */
export function isAsked(when: Cond | undefined, answers: Answers, member?: Answers, today: string = shanghaiToday()): boolean {
  if (!when) return true
  if ('all' in when) return when.all.every((part) => isAsked(part, answers, member, today))
  if ('any' in when) return when.any.some((part) => isAsked(part, answers, member, today))
  if ('from' in when) {
    const age = ageOf(member ?? {}, today)
    return age === null ? when.unknown : age >= when.from && age < when.below
  }
  const value = member && when.key in member ? member[when.key] : answers[when.key]
  if ('equals' in when) return value === when.equals
  if ('in' in when) return when.in.includes(value)
  if ('blank' in when) return isEmpty(value)
  if ('above' in when) return typeof value === 'number' && value > when.above
  return Array.isArray(value) && value.includes(when.includes)
}

/** The answers less each list whose own question says "no": the draft keeps one aside in case that was a slip. */
export function withoutTakenBack(answers: Answers): Answers {
  const lists = FORM.sections.flatMap((section) => section.questions).filter((question) => question.kind === 'entries')
  const gone = lists.filter(({ when }) => when && 'key' in when && answers[when.key] === 'no').map((question) => question.key)
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !gone.includes(key)))
}
