import { PhoneProblem } from '../problem'
import type { PhotoAnswer } from '../rules/form_shape'
import { openBox } from './box'
import { serverOffsetMs } from './clock'
import { openStore, writeOnce, type Write } from './db'
import { sealEnvelope } from './envelope'
import { newId } from './ids'
import { answerOfRow, draftPhotos } from './photo_rows'
import { draftPlace, notePlace } from './places'
import type { DraftPurpose, DraftRow, NoteRow, PhotoPurpose, SealedDraftRow } from './rows'
import { requireOpen, type Session } from './session'

/** Whether photos may belong to a form of this kind. */
export function hasPhotos(purpose: DraftPurpose): purpose is PhotoPurpose {
  return purpose !== 'urgent' && purpose !== 'extension' && purpose !== 'discovery'
}

export type Unfinished = {
  caseId: string; purpose: DraftPurpose; baseRevision: number; startedAt: string; savedAt: string
  fields: Record<string, unknown>; carried: PhotoAnswer[]
}

/**
 * The state of a form as only the server can read it, so that no forgotten PIN loses it. It stands
 * outside the phone's numbering until it is handed in. null while no key to seal to is known.
 */
export async function sealCopy(session: Session, draft: Unfinished): Promise<SealedDraftRow | null> {
  if (!session.depositKey) return null
  const photos = !hasPhotos(draft.purpose)
    ? [] : (await draftPhotos(session.user.id, draft.caseId, draft.purpose)).map(answerOfRow)
  const content = {
    case_id: draft.caseId, purpose: draft.purpose, base_revision: draft.baseRevision,
    started_at: draft.startedAt, saved_at: draft.savedAt,
    fields: { ...draft.fields, photos: [...draft.carried, ...photos] },
    device_time: new Date().toISOString(), server_offset_ms: await serverOffsetMs(),
  }
  const facts = { id: newId(), kind: 'draft' as const, author: session.user.id, deviceId: session.deviceId, seq: 0 }
  const envelope = await sealEnvelope({ ...facts, content }, session.depositKey)
  return {
    user_id: session.user.id, case_id: draft.caseId, purpose: draft.purpose, saved_at: draft.savedAt, envelope,
  }
}

/**
 * After photos came or went: the copy names them, too. On a full phone the older copy stays, and the
 * photos go along with it unnamed. @throws PhoneProblem signed_out, locked, store_failed
 */
export async function copyAgain(caseId: string, purpose: PhotoPurpose): Promise<void> {
  try {
    await replaceCopy(caseId, purpose)
  } catch (cause) {
    if (!(cause instanceof PhoneProblem && cause.code === 'storage_full')) throw cause
  }
}

async function replaceCopy(caseId: string, purpose: PhotoPurpose): Promise<void> {
  const session = await requireOpen()
  const found = await findUnfinished(session.user.id, caseId, purpose)
  const copy = await sealCopy(session, await readUnfinished(session.user.id, caseId, purpose, found))
  if (!copy) return
  await writeOnce(['drafts', 'notes', 'photos', 'sealed_drafts'], async (tx) => {
    const key: [string, string, string] = [session.user.id, caseId, purpose]
    const current = purpose === 'visit'
      ? await tx.objectStore('drafts').get([session.user.id, caseId]) : await tx.objectStore('notes').get(key)
    // A save in between has made its own copy, a finish has ended it.
    if (current?.updated_at !== found?.updated_at) return
    const isEmpty = !found && !(await hasOpenPhoto(tx, key))
    if (isEmpty) await tx.objectStore('sealed_drafts').delete(key)
    else await tx.objectStore('sealed_drafts').put(copy)
  })
}

type Copying = Write<['drafts', 'notes', 'photos', 'sealed_drafts']>

async function hasOpenPhoto(tx: Copying, [user, caseId, purpose]: [string, string, string]): Promise<boolean> {
  const photos = await tx.objectStore('photos').index('by_case').getAll([user, caseId])
  return photos.some((photo) => photo.item_id === null && photo.purpose === purpose)
}

async function findUnfinished(
  userId: string, caseId: string, purpose: DraftPurpose,
): Promise<DraftRow | NoteRow | null> {
  const db = await openStore()
  const row = purpose === 'visit'
    ? await db.get('drafts', [userId, caseId]) : await db.get('notes', [userId, caseId, purpose])
  return row ?? null
}

async function readUnfinished(
  userId: string, caseId: string, purpose: DraftPurpose, row: DraftRow | NoteRow | null,
): Promise<Unfinished> {
  const now = new Date().toISOString()
  if (!row) {
    const known = await (await openStore()).get('cases', [userId, caseId])
    const baseRevision = known?.revision ?? 0
    return { caseId, purpose, baseRevision, startedAt: now, savedAt: now, fields: {}, carried: [] }
  }
  return asUnfinished(row)
}

/** What a row holds, for its copy. @throws PhoneProblem locked, box_unreadable */
export async function asUnfinished(row: DraftRow | NoteRow): Promise<Unfinished> {
  const isNote = 'purpose' in row
  const place = isNote ? notePlace(row) : draftPlace(row)
  return {
    caseId: row.case_id, purpose: isNote ? row.purpose : 'visit', baseRevision: row.base_revision ?? 0,
    startedAt: row.started_at ?? row.updated_at, savedAt: row.updated_at,
    fields: await openBox<Record<string, unknown>>(row.body, place),
    carried: isNote ? [] : row.carried_photos,
  }
}
