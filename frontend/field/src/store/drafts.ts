import type { Case } from '../contract/api'
import { PhoneProblem } from '../problem'
import type { Answers, PhotoAnswer } from '../rules/form_shape'
import { closeBox, openBox } from './box'
import { openCase } from './cases'
import { openStore, writeOnce } from './db'
import { asDraft, type Draft } from './draft_list'
import { inOrder, settled } from './in_order'
import { draftPhotos } from './photo_rows'
import { draftPlace } from './places'
import type { DraftRow } from './rows'
import { sealCopy } from './sealed_drafts'
import { requireOpen, type Session } from './session'
import { storeChanged } from './signal'

/**
 * The unfinished form of a case: as it was left, or a new one from the returned visit or the prefill.
 * A new one is on disk from the first save on. Its `answers.photos` are the photos taken so far.
 * @throws PhoneProblem case_not_here, signed_out, locked
 */
export async function loadDraft(caseId: string): Promise<Draft> {
  const { user } = await requireOpen()
  return asDraft((await findDraft(user.id, caseId)) ?? (await newDraft(user.id, caseId)))
}

/**
 * Resolves when the answers and their sealed copy are on disk. `answers.photos` is kept by the photo
 * store, not here. @throws PhoneProblem case_not_here, signed_out, locked, storage_full, store_failed
 */
export function saveAnswers(caseId: string, answers: Answers): Promise<void> {
  return inOrder(saving(caseId), async () => {
    const session = await requireOpen()
    const { photos: _photos, ...kept } = answers
    const found = await readRow(session.user.id, caseId)
    const base = found ?? (await newDraft(session.user.id, caseId))
    await putDraft(session, { ...base, updated_at: new Date().toISOString() }, kept, found !== null)
    storeChanged('draft')
  })
}

/** As it stands when what is being saved right now is saved. */
export async function findDraft(userId: string, caseId: string): Promise<DraftRow | null> {
  await settled(saving(caseId))
  return readRow(userId, caseId)
}

/** Photos of the returned visit that still belong to the unfinished form. */
export async function carriedPhotos(userId: string, caseId: string): Promise<PhotoAnswer[]> {
  const row = await findDraft(userId, caseId)
  if (row) return row.carried_photos
  const known = await (await openStore()).get('cases', [userId, caseId])
  return known ? photosOf(await openCase(known)) : []
}

/** Takes a photo of the returned visit out of the unfinished form. */
export function dropCarriedPhoto(userId: string, caseId: string, photoId: string): Promise<void> {
  return inOrder(saving(caseId), async () => {
    const session = await requireOpen()
    const found = await readRow(userId, caseId)
    const base = found ?? (await newDraft(userId, caseId))
    const carried_photos = base.carried_photos.filter((photo) => photo.id !== photoId)
    const row = { ...base, carried_photos, updated_at: new Date().toISOString() }
    await putDraft(session, row, await openBox<Answers>(base.body, draftPlace(base)), found !== null)
    storeChanged('photos')
  })
}

/** Draft and copy in one transaction; without a key to seal to the draft stays plain, so that nothing can lock it in. */
async function putDraft(session: Session, row: DraftRow, answers: Answers, wasThere: boolean): Promise<void> {
  const copy = await sealCopy(session, {
    caseId: row.case_id, purpose: 'visit', baseRevision: row.base_revision, startedAt: row.started_at,
    savedAt: row.updated_at, fields: answers, carried: row.carried_photos,
  })
  const body = copy ? await closeBox(answers, draftPlace(row)) : { plain: JSON.stringify(answers) }
  await writeOnce(['drafts', 'sealed_drafts'], async (tx) => {
    const store = tx.objectStore('drafts')
    if (wasThere && !(await store.getKey([row.user_id, row.case_id]))) throw new PhoneProblem('draft_not_here')
    await store.put({ ...row, body })
    if (copy) await tx.objectStore('sealed_drafts').put(copy)
  })
}

function saving(caseId: string): string {
  return `drafts|${caseId}`
}

async function readRow(userId: string, caseId: string): Promise<DraftRow | null> {
  return (await (await openStore()).get('drafts', [userId, caseId])) ?? null
}

async function newDraft(userId: string, caseId: string): Promise<DraftRow> {
  const row = await (await openStore()).get('cases', [userId, caseId])
  if (!row) throw new PhoneProblem('case_not_here')
  const known = await openCase(row)
  const { photos: _photos, ...answers } = firstAnswers(known)
  const now = new Date().toISOString()
  return {
    user_id: userId, case_id: caseId, started_at: firstVisitedAt(known) ?? (await firstShotAt(userId, caseId)) ?? now, updated_at: now,
    base_revision: row.revision, carried_photos: photosOf(known), body: { plain: JSON.stringify(answers) },
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

/** Who took a picture first was there already, before the first answer was given. */
async function firstShotAt(userId: string, caseId: string): Promise<string | undefined> {
  return (await draftPhotos(userId, caseId, 'visit')).filter((photo) => photo.source === 'camera').map((photo) => photo.added_at).sort()[0]
}

function photosOf(known: Case): PhotoAnswer[] {
  const photos = known.last_answers?.photos
  return Array.isArray(photos) ? (photos as PhotoAnswer[]) : []
}
