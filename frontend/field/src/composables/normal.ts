import type { Answers, Question } from '../rules/form_shape'
import { isAsked } from '../rules/when'
import { isEmpty } from './progress'

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
