import type { Case } from '../contract/api'
import { PhoneProblem } from '../problem'
import type { Answers, PhotoAnswer } from '../rules/form_shape'
import { closeBox, openBox } from './box'
import { openStore, writeOnce } from './db'
import { answerOfRow, draftPhotos } from './photo_rows'
import type { DraftRow } from './rows'
import { requireSession } from './session'
import { storeChanged } from './signal'

export type Draft = {
  caseId: string; userId: string; answers: Answers
  startedAt: string; updatedAt: string; baseRevision: number
}

/**
 * The unfinished form of a case: as it was left, or a new one from the returned visit or the prefill.
 * A new one is on disk from the first save on. Its `answers.photos` are the photos taken so far.
 * @throws PhoneProblem case_not_here, signed_out
 */
export async function loadDraft(caseId: string): Promise<Draft> {
  const { user } = await requireSession()
  return asDraft((await findDraft(user.id, caseId)) ?? (await newDraft(user.id, caseId)))
}

/**
 * Resolves when the answers are on disk. `answers.photos` is kept by the photo store, not here.
 * @throws PhoneProblem case_not_here, signed_out, storage_full, store_failed
 */
export async function saveAnswers(caseId: string, answers: Answers): Promise<void> {
  const { user } = await requireSession()
  const { photos: _photos, ...kept } = answers
  const body = await closeBox(kept)
  const fresh = (await findDraft(user.id, caseId)) ? null : await newDraft(user.id, caseId)
  await writeOnce(['drafts'], async (tx) => {
    const store = tx.objectStore('drafts')
    const row = (await store.get([user.id, caseId])) ?? fresh
    if (!row) throw new PhoneProblem('draft_not_here')
    await store.put({ ...row, updated_at: new Date().toISOString(), body })
  })
  storeChanged('draft')
}

/** This person's unfinished forms. */
export async function listDrafts(): Promise<Draft[]> {
  const { user } = await requireSession()
  const rows = await (await openStore()).getAllFromIndex('drafts', 'by_user', user.id)
  return Promise.all(rows.map(asDraft))
}

export async function findDraft(userId: string, caseId: string): Promise<DraftRow | null> {
  return (await (await openStore()).get('drafts', [userId, caseId])) ?? null
}

/** Photos of the returned visit that still belong to the unfinished form. */
export async function carriedPhotos(userId: string, caseId: string): Promise<PhotoAnswer[]> {
  const row = await findDraft(userId, caseId)
  if (row) return row.carried_photos
  const known = await (await openStore()).get('cases', [userId, caseId])
  return known ? photosOf(known.body) : []
}

/** Takes a photo of the returned visit out of the unfinished form. */
export async function dropCarriedPhoto(userId: string, caseId: string, photoId: string): Promise<void> {
  const fresh = (await findDraft(userId, caseId)) ? null : await newDraft(userId, caseId)
  await writeOnce(['drafts'], async (tx) => {
    const store = tx.objectStore('drafts')
    const row = (await store.get([userId, caseId])) ?? fresh
    if (!row) throw new PhoneProblem('draft_not_here')
    const carried_photos = row.carried_photos.filter((photo) => photo.id !== photoId)
    await store.put({ ...row, carried_photos, updated_at: new Date().toISOString() })
  })
  storeChanged('photos')
}

async function newDraft(userId: string, caseId: string): Promise<DraftRow> {
  const known = await (await openStore()).get('cases', [userId, caseId])
  if (!known) throw new PhoneProblem('case_not_here')
  const { photos: _photos, ...answers } = firstAnswers(known.body)
  const now = new Date().toISOString()
  return {
    user_id: userId, case_id: caseId, started_at: firstVisitedAt(known.body) ?? now, updated_at: now,
    base_revision: known.revision, carried_photos: photosOf(known.body), body: await closeBox(answers),
  }
}

function firstAnswers(known: Case): Answers {
  if (known.last_answers) return known.last_answers
  return { ...known.prefill?.answers, members: known.prefill?.members ?? [] }
}

/** A correction does not move the visit: the day at the household holds. */
function firstVisitedAt(known: Case): string | null {
  const own = (known.visits ?? []).filter((visit) => visit.is_mine && !visit.superseded)
  return known.last_answers ? (own[own.length - 1]?.visited_at ?? null) : null
}

function photosOf(known: Case): PhotoAnswer[] {
  const photos = known.last_answers?.photos
  return Array.isArray(photos) ? (photos as PhotoAnswer[]) : []
}

async function asDraft(row: DraftRow): Promise<Draft> {
  const photos = [...row.carried_photos, ...(await draftPhotos(row.user_id, row.case_id, 'visit')).map(answerOfRow)]
  return {
    caseId: row.case_id, userId: row.user_id, answers: { ...(await openBox<Answers>(row.body)), photos },
    startedAt: row.started_at, updatedAt: row.updated_at, baseRevision: row.base_revision,
  }
}
