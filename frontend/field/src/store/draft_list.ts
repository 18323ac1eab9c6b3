import type { Answers } from '../rules/form_shape'
import { openBox } from './box'
import { openStore } from './db'
import { answerOfRow, draftPhotos } from './photo_rows'
import { draftPlace } from './places'
import type { DraftRow } from './rows'
import { requireOpen } from './session'

/** Read for the first list; what writes forms, and seals them, is in drafts.ts and not waited for. */
export type Draft = {
  caseId: string; userId: string; answers: Answers
  startedAt: string; updatedAt: string; baseRevision: number
}

/** This person's unfinished forms. */
export async function listDrafts(): Promise<Draft[]> {
  const { user } = await requireOpen()
  const rows = await (await openStore()).getAllFromIndex('drafts', 'by_user', user.id)
  return Promise.all(rows.map(asDraft))
}

export async function asDraft(row: DraftRow): Promise<Draft> {
  const photos = [...row.carried_photos, ...(await draftPhotos(row.user_id, row.case_id, 'visit')).map(answerOfRow)]
  return {
    caseId: row.case_id, userId: row.user_id,
    answers: { ...(await openBox<Answers>(row.body, draftPlace(row))), photos },
    startedAt: row.started_at, updatedAt: row.updated_at, baseRevision: row.base_revision,
  }
}
