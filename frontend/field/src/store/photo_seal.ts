import { PhoneProblem } from '../problem'
import { fromBase64, toBase64Url } from './base64'
import { closeBox, openBox } from './box'
import { signText } from './device_keys'
import { CHUNK_BYTES, importPhotoKey, openChunk, readChunk, sealChunk, SEALED_CHUNK_PLAIN } from './photo_chunks'
import { rowPlace } from './places'
import type { PhotoRow } from './rows'
import { sealPhotoKey } from './seal'
import type { Session } from './session'
import { isUnlocked } from './vault_state'

type Bytes = Uint8Array<ArrayBuffer>
type SealedPhoto = { row: PhotoRow; chunks: ArrayBuffer[] }

/**
 * A photo gets a key of its own, closed twice: for the server, and for its person on this phone.
 * Its signature is made now, so that it can be handed in whoever is signed in then, on whichever phone.
 */
export async function sealPhoto(photo: PhotoRow, jpeg: Bytes, session: Session): Promise<SealedPhoto> {
  const row = { ...photo, device_id: session.deviceId }
  const signature = await signText(uploadText({ ...row, author: row.user_id }))
  if (!session.depositKey) {
    const chunks = pieces(jpeg, CHUNK_BYTES).map((piece) => piece.buffer)
    return { row: { ...row, signature, chunk_count: chunks.length }, chunks }
  }
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const chunks = await sealPieces(row.id, raw, pieces(jpeg, SEALED_CHUNK_PLAIN))
  const sealed = {
    sealed_key: await sealPhotoKey(row.id, raw, session.depositKey), key_id: session.depositKey.id,
    // The camera may come back to a phone that locked meanwhile: the server shall get the picture all the same.
    ...(isUnlocked(row.user_id) && { boxed_key: await closeBox(toBase64Url(raw), rowPlace('photos', row)) }),
  }
  raw.fill(0)
  return { row: { ...row, signature, ...sealed, chunk_count: chunks.length }, chunks }
}

/** The plain parts of a photo. @throws PhoneProblem photo_not_here, locked, box_unreadable */
export async function openPhoto(row: PhotoRow): Promise<ArrayBuffer[]> {
  const key = row.sealed_key ? await keyOf(row) : null
  const parts: ArrayBuffer[] = []
  for (let index = 0; index < row.chunk_count; index += 1) {
    const stored = await readChunk(row.id, index)
    parts.push(key ? await openPiece(key, row.id, index, stored) : stored.buffer)
  }
  return parts
}

/** What the phone signs of a photo; the receipt names the same hash. */
export function uploadText(photo: { id: string; sha256: string; device_id: string; author: string }): string {
  return ['ruhu-upload-1', photo.id, photo.sha256, photo.device_id, photo.author].join('\n')
}

async function keyOf(row: PhotoRow): Promise<CryptoKey> {
  if (!row.boxed_key) throw new PhoneProblem('box_unreadable')
  const raw = fromBase64(await openBox<string>(row.boxed_key, rowPlace('photos', row)))
  if (!raw) throw new PhoneProblem('box_unreadable')
  return importPhotoKey(raw)
}

/** @returns the chunks as they are stored and travel */
async function sealPieces(photoId: string, raw: Bytes, plain: Bytes[]): Promise<ArrayBuffer[]> {
  const key = await importPhotoKey(raw)
  const chunks: ArrayBuffer[] = []
  for (const [index, piece] of plain.entries()) chunks.push(await sealChunk(key, photoId, index, piece))
  return chunks
}

async function openPiece(key: CryptoKey, photoId: string, index: number, stored: Bytes): Promise<ArrayBuffer> {
  try {
    return await openChunk(key, photoId, index, stored)
  } catch (cause) {
    throw new PhoneProblem('box_unreadable', { cause })
  }
}

function pieces(bytes: Bytes, size: number): Bytes[] {
  const all: Bytes[] = []
  for (let start = 0; start < bytes.length; start += size) all.push(bytes.slice(start, start + size))
  return all
}
