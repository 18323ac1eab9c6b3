import type { GivenBackDraft } from '../contract/api'
import { PhoneProblem } from '../problem'
import type { PhotoAnswer } from '../rules/form_shape'
import { closeBox, openBox } from './box'
import { openStore, writeOnce, type Write } from './db'
import { draftPlace, notePlace, rowPlace } from './places'
import { answerOfRow } from './photo_rows'
import type { Box, DraftPurpose, DraftRow, NoteRow, RecoveredRow, SealedDraftRow } from './rows'
import { hasPhotos, sealCopy, type Unfinished } from './sealed_drafts'
import { requireOpen, type Session } from './session'
import { storeChanged } from './signal'
import { itemOf } from './vault_wipe'

export type GivenBack = GivenBackDraft

/** A draft that came back while another one was here; the person decides. */
export type Recovered = {
  id: string; caseId: string; purpose: DraftPurpose; startedAt: string; savedAt: string
  fields: Record<string, unknown>
}

/**
 * Keeps what the server gave back: as the draft where none is, else beside it under `listRecovered`.
 * @throws PhoneProblem signed_out, locked, storage_full, store_failed
 */
export async function takeBackDrafts(userId: string, drafts: GivenBack[]): Promise<void> {
  const session = await requireOpen()
  if (session.user.id !== userId) throw new PhoneProblem('locked')
  for (const draft of drafts) {
    const isKept = (await takenDraftIds(userId)).includes(draft.id)
      || (await (await openStore()).getKey('recovered', [userId, draft.id]))
    if (!isKept) await keepOne(session, draft)
  }
  if (drafts.length > 0) storeChanged('draft')
}

/** What is safe on this phone and the server has not heard of: for `drafts_taken` of the next pull. */
export async function takenDraftIds(userId: string): Promise<string[]> {
  return (await (await openStore()).get('people', userId))?.taken_drafts ?? []
}

/** The server has heard of these. */
export async function noteTakenDraftsTold(userId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await writeOnce(['people'], async (tx) => {
    const person = await tx.objectStore('people').get(userId)
    const taken_drafts = person?.taken_drafts.filter((id) => !ids.includes(id)) ?? []
    if (person) await tx.objectStore('people').put({ ...person, taken_drafts })
  })
}

/** @throws PhoneProblem signed_out, locked */
export async function listRecovered(): Promise<Recovered[]> {
  const { user } = await requireOpen()
  const rows = await (await openStore()).getAllFromIndex('recovered', 'by_user', user.id)
  return Promise.all(rows.map(async (row) => ({
    id: row.id, caseId: row.case_id, purpose: row.purpose, startedAt: row.started_at, savedAt: row.saved_at,
    fields: await openBox<Record<string, unknown>>(row.body, rowPlace('recovered', row)),
  })))
}

/**
 * Takes it in the place of the draft that is here, whose sealed copy is handed in: it can come back the
 * same way. @throws PhoneProblem draft_not_here, signed_out, locked
 */
export async function adoptRecovered(id: string): Promise<void> {
  const session = await requireOpen()
  const row = await (await openStore()).get('recovered', [session.user.id, id])
  if (!row) throw new PhoneProblem('draft_not_here')
  const fields = await openBox<Record<string, unknown>>(row.body, rowPlace('recovered', row))
  const adopted = await closeUnfinished(session, {
    caseId: row.case_id, purpose: row.purpose, baseRevision: row.base_revision, startedAt: row.started_at,
    savedAt: new Date().toISOString(), fields, carried: row.carried_photos,
  })
  await writeOnce([...TAKING], async (tx) => {
    const old = await tx.objectStore('sealed_drafts').get([row.user_id, row.case_id, row.purpose])
    const isHere = await hasUnfinished(tx, row)
    if (isHere && !old) throw new PhoneProblem('draft_changed')
    if (old && isHere) await tx.objectStore('items').add(itemOf(old))
    await put(tx, adopted)
    await markTaken(tx, row.user_id, id)
  })
  for (const change of ['draft', 'items', 'finished'] as const) storeChanged(change)
}

/** The person does not want it. @throws PhoneProblem signed_out */
export async function dismissRecovered(id: string): Promise<void> {
  const { user } = await requireOpen()
  await writeOnce([...TAKING], async (tx) => markTaken(tx, user.id, id))
  storeChanged('draft')
}

const TAKING = ['people', 'drafts', 'notes', 'sealed_drafts', 'recovered', 'items'] as const
type Taking = Write<['people', 'drafts', 'notes', 'sealed_drafts', 'recovered', 'items']>
type Adopted = { row: DraftRow | NoteRow; copy: SealedDraftRow | null }

async function keepOne(session: Session, given: GivenBack): Promise<void> {
  const { photos: named, ...fields } = given.fields
  const carried = await carriedOf(session.user.id, given, named)
  const startedAt = given.started_at ?? given.saved_at
  const unfinished: Unfinished = {
    caseId: given.case_id, purpose: given.purpose, baseRevision: given.base_revision, startedAt,
    savedAt: given.saved_at, fields, carried,
  }
  const adopted = await closeUnfinished(session, unfinished)
  const aside: RecoveredRow = {
    user_id: session.user.id, id: given.id, case_id: given.case_id, purpose: given.purpose,
    base_revision: given.base_revision, started_at: startedAt, saved_at: given.saved_at, carried_photos: carried,
    body: await closeBox(fields, rowPlace('recovered', { ...given, user_id: session.user.id })),
  }
  await writeOnce([...TAKING], async (tx) => {
    if ((await hasUnfinished(tx, aside)) || (await isFinishedSince(tx, aside))) {
      return void (await tx.objectStore('recovered').put(aside))
    }
    await put(tx, adopted)
    await markTaken(tx, aside.user_id, given.id)
  })
}

async function closeUnfinished(session: Session, unfinished: Unfinished): Promise<Adopted> {
  const { caseId, purpose, baseRevision, startedAt, savedAt, fields, carried } = unfinished
  const shared = {
    user_id: session.user.id, case_id: caseId, started_at: startedAt, updated_at: savedAt,
    base_revision: baseRevision,
  }
  const copy = await sealCopy(session, unfinished)
  const plain: Box = { plain: JSON.stringify(fields) }
  if (purpose === 'visit') {
    return { copy, row: { ...shared, carried_photos: carried, body: copy ? await closeBox(fields, draftPlace(shared)) : plain } }
  }
  const note = { ...shared, purpose }
  return { copy, row: { ...note, body: copy ? await closeBox(fields, notePlace(note)) : plain } }
}

async function put(tx: Taking, { row, copy }: Adopted): Promise<void> {
  if ('purpose' in row) await tx.objectStore('notes').put(row)
  else await tx.objectStore('drafts').put(row)
  if (copy) await tx.objectStore('sealed_drafts').put(copy)
}

async function hasUnfinished(tx: Taking, row: Pick<RecoveredRow, 'user_id' | 'case_id' | 'purpose'>): Promise<boolean> {
  const found = row.purpose === 'visit'
    ? await tx.objectStore('drafts').getKey([row.user_id, row.case_id])
    : await tx.objectStore('notes').getKey([row.user_id, row.case_id, row.purpose])
  return found !== undefined
}

/** The form was finished after this was saved: a second one must not open by itself. */
async function isFinishedSince(tx: Taking, row: RecoveredRow): Promise<boolean> {
  const items = await tx.objectStore('items').index('by_user').getAll(row.user_id)
  return items.some((item) => item.case_id === row.case_id && item.kind === row.purpose && item.saved_at > row.saved_at)
}

async function markTaken(tx: Taking, userId: string, id: string): Promise<void> {
  await tx.objectStore('recovered').delete([userId, id])
  const person = await tx.objectStore('people').get(userId)
  if (person) await tx.objectStore('people').put({ ...person, taken_drafts: [...person.taken_drafts, id] })
}

/** The photos it named, and those of this phone that went in with it. */
async function carriedOf(userId: string, given: GivenBack, named: unknown): Promise<PhotoAnswer[]> {
  if (!hasPhotos(given.purpose)) return []
  const db = await openStore()
  const carried = new Map<string, PhotoAnswer>()
  for (const photo of Array.isArray(named) ? (named as PhotoAnswer[]) : []) carried.set(photo.id, photo)
  for (const row of await db.getAllFromIndex('photos', 'by_case', [userId, given.case_id])) {
    const item = row.item_id ? await db.get('items', row.item_id) : undefined
    if (item?.kind === 'draft' && row.purpose === given.purpose) carried.set(row.id, answerOfRow(row))
    if (!row.item_id) carried.delete(row.id)
  }
  return [...carried.values()]
}
