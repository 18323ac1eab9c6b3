import { PhoneProblem } from '../problem'
import type { PhotoAnswer } from '../rules/form_shape'
import { sha256Hex } from './canonical'
import { openStore, writeOnce } from './db'
import { carriedPhotos, dropCarriedPhoto } from './drafts'
import { newId } from './ids'
import { answerOfRow, draftPhotos } from './photo_rows'
import type { PhotoPurpose, PhotoRow } from './rows'
import { requireSession } from './session'
import { storeChanged } from './signal'
import { storageGauge } from './storage_gauge'

/** Chrome keeps larger values as loose files, which cleaner apps delete. */
export const CHUNK_BYTES = 48 * 1024

export type PhotoMeta = {
  id: string; kind: string; sha256: string; size: number; taken_at: string
  source: 'camera' | 'album'; state: 'draft' | 'waiting' | 'sending' | 'received'; is_here: boolean
}

export type NewPhoto = {
  caseId: string; purpose: PhotoPurpose; kind: string; takenAt: string; source: 'camera' | 'album'
}

/** Keeps a finished JPEG and its row in one transaction. @throws PhoneProblem storage_full, store_failed */
export async function keepPhoto(photo: NewPhoto, jpeg: Uint8Array<ArrayBuffer>): Promise<PhotoMeta> {
  const { user } = await requireSession()
  if ((await storageGauge()).level === 'full') throw new PhoneProblem('storage_full')
  const chunks = splitBytes(jpeg)
  const row: PhotoRow = {
    id: newId(), user_id: user.id, case_id: photo.caseId, purpose: photo.purpose, item_id: null,
    kind: photo.kind, sha256: await sha256Hex(jpeg), size: jpeg.length, chunk_count: chunks.length,
    taken_at: photo.takenAt, source: photo.source, added_at: new Date().toISOString(),
    sent_bytes: 0, upload_url: null, receipt: null, received_on_phone_at: null, refused: null,
  }
  await writeOnce(['photos', 'chunks'], async (tx) => {
    await tx.objectStore('photos').add(row)
    for (const [index, bytes] of chunks.entries()) {
      await tx.objectStore('chunks').add({ photo_id: row.id, index, bytes })
    }
  })
  storeChanged('photos')
  return metaOfRow(row)
}

/** Photos of the unfinished form, those carried over from a returned visit first. */
export async function listPhotos(caseId: string, purpose: PhotoPurpose = 'visit'): Promise<PhotoMeta[]> {
  const { user } = await requireSession()
  const carried = purpose === 'visit' ? await carriedPhotos(user.id, caseId) : []
  const db = await openStore()
  const kept = await Promise.all(
    carried.map(async (photo) => metaOfAnswer(photo, (await db.get('photos', photo.id)) !== undefined)),
  )
  return [...kept, ...(await draftPhotos(user.id, caseId, purpose)).map(metaOfRow)]
}

/** Only while the photo is in a draft. @throws PhoneProblem photo_already_finished, photo_not_here */
export async function removePhoto(id: string): Promise<void> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('photos', id)
  if (row && row.user_id !== user.id) throw new PhoneProblem('photo_not_here')
  if (row?.item_id !== null) return removeCarried(user.id, id, row?.case_id)
  await writeOnce(['photos', 'chunks'], async (tx) => {
    const current = await tx.objectStore('photos').get(id)
    if (current && current.item_id !== null) throw new PhoneProblem('photo_already_finished')
    await tx.objectStore('photos').delete(id)
    await tx.objectStore('chunks').delete(IDBKeyRange.bound([id, 0], [id, Infinity]))
  })
  storeChanged('photos')
}

async function removeCarried(userId: string, id: string, caseId: string | undefined): Promise<void> {
  const cases = await (await openStore()).getAllFromIndex('cases', 'by_user', userId)
  for (const candidate of caseId ? [caseId] : cases.map((known) => known.id)) {
    const carried = await carriedPhotos(userId, candidate)
    if (carried.some((photo) => photo.id === id)) return dropCarriedPhoto(userId, candidate, id)
  }
  throw new PhoneProblem(caseId ? 'photo_already_finished' : 'photo_not_here')
}

/** The whole picture of this person. @throws PhoneProblem photo_not_here */
export async function photoBlob(id: string): Promise<Blob> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('photos', id)
  if (!row || row.user_id !== user.id) throw new PhoneProblem('photo_not_here')
  return new Blob([await readPhotoBytes(row, 0, row.size)], { type: 'image/jpeg' })
}

/** Bytes `start` up to but not including `end`, read chunk by chunk. @throws PhoneProblem photo_not_here */
export async function readPhotoBytes(
  row: Pick<PhotoRow, 'id' | 'size'>, start: number, end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const stop = Math.min(end, row.size)
  const bytes = new Uint8Array(Math.max(0, stop - start))
  const db = await openStore()
  for (let index = Math.floor(start / CHUNK_BYTES); index * CHUNK_BYTES < stop; index += 1) {
    const chunk = await db.get('chunks', [row.id, index])
    if (!chunk) throw new PhoneProblem('photo_not_here')
    const from = Math.max(start - index * CHUNK_BYTES, 0)
    const part = new Uint8Array(chunk.bytes).subarray(from, stop - index * CHUNK_BYTES)
    bytes.set(part, index * CHUNK_BYTES + from - start)
  }
  return bytes
}

function splitBytes(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer[] {
  const chunks: ArrayBuffer[] = []
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    chunks.push(bytes.slice(start, start + CHUNK_BYTES).buffer)
  }
  return chunks
}

function metaOfRow(row: PhotoRow): PhotoMeta {
  const state = row.receipt ? 'received' : row.item_id ? 'waiting' : 'draft'
  return { ...answerOfRow(row), state, is_here: true }
}

function metaOfAnswer(photo: PhotoAnswer, isHere: boolean): PhotoMeta {
  return { ...photo, state: 'received', is_here: isHere }
}
