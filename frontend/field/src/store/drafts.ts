import type { Answers } from '../rules/form_shape'

export type Draft = {
  caseId: string; userId: string; answers: Answers
  startedAt: string; updatedAt: string; baseRevision: number
}
/** @throws PhoneProblem case_not_here, signed_out */
export async function loadDraft(_caseId: string): Promise<Draft> {
  throw new Error('not built yet')
}
/** Resolves when the answers are on disk. `answers.photos` is kept by the photo store, not here. */
export async function saveAnswers(_caseId: string, _answers: Answers): Promise<void> {}
/** Case ids of this person's drafts. */
export async function listDrafts(): Promise<Draft[]> {
  return []
}
