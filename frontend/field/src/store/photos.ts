import { PhoneProblem } from '../problem'
import type { PhotoAnswer } from '../rules/form_shape'
import { sha256Hex } from './canonical'
import { openStore, writeOnce } from './db'
import { carriedPhotos, dropCarriedPhoto } from './drafts'
import { newId } from './ids'
import { whileLess } from './loss_record'
import { lacksPieces } from './photo_gone'
import { answerOfRow, draftPhotos } from './photo_rows'
import { openPhoto, sealPhoto } from './photo_seal'
import type { PhotoPurpose, PhotoRow } from './rows'
import { copyAgain } from './sealed_drafts'
import { requireOpen, requireSession, type Session } from './session'
import { storeChanged } from './signal'
import { storageGauge } from './storage_gauge'
import { isUnlocked } from './vault_state'

export type PhotoMeta = {
  id: string; kind: string; sha256: string; size: number; taken_at: string
  source: 'camera' | 'album'; state: 'draft' | 'waiting' | 'sending' | 'received'; is_here: boolean
}

export type NewPhoto = {
  caseId: string; purpose: PhotoPurpose; kind: string; takenAt: string; source: 'camera' | 'album'
}

/**
 * Keeps a finished JPEG and its row in one transaction. Also while locked: the camera may come back to a
 * phone that locked meanwhile, and what it brings was seen. @throws PhoneProblem storage_full, store_failed
 */
export async function keepPhoto(photo: NewPhoto, jpeg: Uint8Array<ArrayBuffer>): Promise<PhotoMeta> {
  const session = await requireSession()
  if ((await storageGauge()).level === 'full') throw new PhoneProblem('storage_full')
  const kept = await sealPhoto(await newRow(session, photo, jpeg), jpeg, session)
  await writeOnce(['photos', 'chunks'], async (tx) => {
    await tx.objectStore('photos').add(kept.row)
    for (const [index, bytes] of kept.chunks.entries()) {
      await tx.objectStore('chunks').add({ photo_id: kept.row.id, index, bytes })
    }
  })
  storeChanged('photos')
  await nameInCopy(kept.row)
  return metaOfRow(kept.row)
}

/** The sealed copy of the form says which photos belong to it; a locked phone makes it with the next save. */
async function nameInCopy(row: PhotoRow): Promise<void> {
  if (isUnlocked(row.user_id)) await copyAgain(row.case_id, row.purpose)
}

async function newRow(session: Session, photo: NewPhoto, jpeg: Uint8Array<ArrayBuffer>): Promise<PhotoRow> {
  return {
    id: newId(), user_id: session.user.id, case_id: photo.caseId, purpose: photo.purpose, item_id: null,
    kind: photo.kind, sha256: await sha256Hex(jpeg), size: jpeg.length, chunk_count: 0,
    taken_at: photo.takenAt, source: photo.source, added_at: new Date().toISOString(),
    sent_bytes: 0, upload_url: null, receipt: null, received_on_phone_at: null, refused: null,
  }
}

/** Photos of the unfinished form, those carried over from a returned visit first. */
export async function listPhotos(caseId: string, purpose: PhotoPurpose = 'visit'): Promise<PhotoMeta[]> {
  const { user } = await requireOpen()
  const carried = purpose === 'visit' ? await carriedPhotos(user.id, caseId) : []
  const db = await openStore()
  const kept = await Promise.all(
    carried.map(async (photo) => metaOfAnswer(photo, (await db.get('photos', photo.id)) !== undefined)),
  )
  const pieces = { count: (range: IDBKeyRange) => db.count('chunks', range) }
  const begun = (await draftPhotos(user.id, caseId, purpose)).map(async (row) => ({ ...metaOfRow(row), is_here: !(await lacksPieces(pieces, row)) }))
  return [...kept, ...(await Promise.all(begun))]
}

/** Only while the photo is in a draft. @throws PhoneProblem photo_already_finished, photo_not_here */
export async function removePhoto(id: string): Promise<void> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('photos', id)
  if (row && row.user_id !== user.id) throw new PhoneProblem('photo_not_here')
  if (row?.item_id !== null) return removeCarried(user.id, id, row?.case_id)
  await whileLess(() => writeOnce(['photos', 'chunks'], async (tx) => {
    const current = await tx.objectStore('photos').get(id)
    if (current && current.item_id !== null) throw new PhoneProblem('photo_already_finished')
    await tx.objectStore('photos').delete(id)
    await tx.objectStore('chunks').delete(IDBKeyRange.bound([id, 0], [id, Infinity]))
  }))
  storeChanged('photos')
  await nameInCopy(row)
}

async function removeCarried(userId: string, id: string, caseId: string | undefined): Promise<void> {
  const cases = await (await openStore()).getAllFromIndex('cases', 'by_user', userId)
  for (const candidate of caseId ? [caseId] : cases.map((known) => known.id)) {
    const carried = await carriedPhotos(userId, candidate)
    if (carried.some((photo) => photo.id === id)) return dropCarriedPhoto(userId, candidate, id)
  }
  throw new PhoneProblem(caseId ? 'photo_already_finished' : 'photo_not_here')
}

/** The whole picture of this person. @throws PhoneProblem photo_not_here, locked, box_unreadable */
export async function photoBlob(id: string): Promise<Blob> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('photos', id)
  if (!row || row.carried || row.user_id !== user.id) throw new PhoneProblem('photo_not_here')
  return new Blob(await openPhoto(row), { type: 'image/jpeg' })
}

function metaOfRow(row: PhotoRow): PhotoMeta {
  const state = row.receipt ? 'received' : row.item_id ? 'waiting' : 'draft'
  return { ...answerOfRow(row), state, is_here: true }
}

function metaOfAnswer(photo: PhotoAnswer, isHere: boolean): PhotoMeta {
  return { ...photo, state: 'received', is_here: isHere }
}
