import type { Answers, Question } from '../rules/form_shape'
import { isAsked } from '../rules/when'
import { ageOf } from '../rules/age'
import { isEmpty } from './progress'

const GROWN_UP = 18
const CHILD = 16
const OLD = 60

/**
 * What 「都正常」 gives: the usual answer of every open question that has one, those included that are
 * asked only because of an answer given here.
 */
export function normalAnswers(questions: readonly Question[], answers: Answers, member?: Answers): Answers {
  const given: Answers = {}
  for (const question of questions) {
    const now = { ...(member ?? answers), ...given }
    const isOpen = question.normal !== undefined && isEmpty(now[question.key])
    if (isOpen && isAsked(question.when, member ? answers : now, member ? now : undefined)) given[question.key] = question.normal
  }
  return given
}

/** Whether something was answered otherwise than usual; what is left is then only the rest. */
export function isUnusual(questions: readonly Question[], answers: Answers): boolean {
  return questions.some(({ key, normal }) => normal !== undefined && !isEmpty(answers[key]) && JSON.stringify(answers[key]) !== JSON.stringify(normal))
}

/**
 * The same for a person: 都正常 of somebody healthy between 18 and 59 includes that they can work, of a child that it
 * does not. Of anybody else the labour capacity is asked: it decides what they may be entitled to.
 */
export function normalOfMember(questions: readonly Question[], answers: Answers, member: Answers, day: string): Answers {
  const given = normalAnswers(questions, answers, member)
  const now = { ...member, ...given }
  const age = ageOf(now, day)
  const isHealthy = JSON.stringify(now.m_health) === '["healthy"]'
  if (now.m_is_living !== 'yes' || !isEmpty(now.m_labour) || age === null || !isHealthy) return given
  if (age < CHILD) return { ...given, m_labour: 'none' }
  return age >= GROWN_UP && age < OLD ? { ...given, m_labour: 'ordinary' } : given
}
