import type { PhotoAnswer } from '../rules/form_shape'
import { openStore } from './db'
import type { PhotoPurpose, PhotoRow } from './rows'

/** Rows that no finished item owns yet, oldest first. */
export async function draftPhotos(userId: string, caseId: string, purpose: PhotoPurpose): Promise<PhotoRow[]> {
  const rows = await (await openStore()).getAllFromIndex('photos', 'by_case', [userId, caseId])
  return rows.filter((row) => row.item_id === null && row.purpose === purpose)
}

export function answerOfRow(row: PhotoRow): PhotoAnswer {
  const { id, kind, sha256, size, taken_at, source } = row
  return { id, kind, sha256, size, taken_at, source }
}
