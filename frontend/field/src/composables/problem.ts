import { PhoneProblem, type PhoneProblemCode } from '../problem'
import { problems } from '../strings'

/** What to tell the person: the server's own sentence when there is one. */
export function sentenceOf(problem: unknown): string {
  if (typeof problem === 'string' && problem in problems) return problems[problem as PhoneProblemCode]
  if (!(problem instanceof PhoneProblem)) return problems.unknown
  return problem.serverMessage || problems[problem.code]
}
