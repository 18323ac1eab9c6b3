import { FORM } from '../contract/form'
import type { Answers } from '../rules/form_shape'
import { answerText, findQuestion, membersOf } from './answer'
import { isEmpty } from './progress'

export type Difference = { key: string; label: string; mine: string; given: string }

function text(key: string, value: unknown, people: (n: number) => string): string {
  if (isEmpty(value)) return ''
  const question = findQuestion(key)?.question
  if (key === 'members') return people(membersOf({ members: value }).length)
  return question ? answerText(question, value) : String(value)
}

/** Reasons and the place stand beside the questions; they have no line of their own to compare. */
function isSilent(key: string, value: unknown): boolean {
  return typeof value === 'object' && key !== 'members' && !findQuestion(key)
}

/** What differs between two unfinished forms of one household, in the order of the form. */
export function differencesOf(mine: Answers, given: Answers, people: (n: number) => string): Difference[] {
  const order = FORM.sections.flatMap((section) => (section.repeat ? ['members'] : section.questions.map((question) => question.key)))
  const keys = [...new Set([...order, ...Object.keys(mine), ...Object.keys(given)])].filter((key) => key !== 'photos' && !isSilent(key, mine[key] ?? given[key]))
  return keys.filter((key) => !(isEmpty(mine[key]) && isEmpty(given[key])) && JSON.stringify(mine[key]) !== JSON.stringify(given[key]))
    .map((key) => ({
      key, label: FORM.sections.find((section) => section.repeat && key === 'members')?.title ?? findQuestion(key)?.question.label ?? '',
      mine: text(key, mine[key], people), given: text(key, given[key], people),
    }))
}
