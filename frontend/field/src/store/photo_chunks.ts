import { PhoneProblem } from '../problem'
import { openStore } from './db'
import type { PhotoRow } from './rows'
import { photoSealText } from './seal'

/** Chrome keeps larger values as loose files, which cleaner apps delete. */
export const CHUNK_BYTES = 48 * 1024
const TAG_BYTES = 16
/** Plain bytes of a sealed chunk. */
export const SEALED_CHUNK_PLAIN = CHUNK_BYTES - TAG_BYTES

type Bytes = Uint8Array<ArrayBuffer>

export async function importPhotoKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** The same bytes each time: a photo's key is used for this photo only, each number of a chunk once. */
export async function sealChunk(key: CryptoKey, photoId: string, index: number, plain: Bytes): Promise<ArrayBuffer> {
  return crypto.subtle.encrypt(parameters(photoId, index), key, plain)
}

/** @throws DOMException when the chunk is not what was sealed under this photo and number */
export async function openChunk(key: CryptoKey, photoId: string, index: number, sealed: BufferSource): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(parameters(photoId, index), key, sealed)
}

function parameters(photoId: string, index: number): AesGcmParams {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, index)
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(photoSealText(photoId)) }
}

/** How many bytes of `size` plain ones are stored and travel. */
export function sealedSize(size: number): number {
  return size + TAG_BYTES * Math.ceil(size / SEALED_CHUNK_PLAIN)
}

/** The stored bytes `start` up to but not including `end`, chunk by chunk. @throws PhoneProblem photo_not_here */
export async function readStoredBytes(photoId: string, storedSize: number, start: number, end: number): Promise<Bytes> {
  const stop = Math.min(end, storedSize)
  const bytes = new Uint8Array(Math.max(0, stop - start))
  for (let index = Math.floor(start / CHUNK_BYTES); index * CHUNK_BYTES < stop; index += 1) {
    const chunk = await readChunk(photoId, index)
    const from = Math.max(start - index * CHUNK_BYTES, 0)
    bytes.set(chunk.subarray(from, stop - index * CHUNK_BYTES), index * CHUNK_BYTES + from - start)
  }
  return bytes
}

export async function readChunk(photoId: string, index: number): Promise<Bytes> {
  const chunk = await (await openStore()).get('chunks', [photoId, index])
  if (!chunk) throw new PhoneProblem('photo_not_here')
  return new Uint8Array(chunk.bytes)
}

/** What is stored of a photo: its sealed chunks, or the plain bytes of the first store version. */
export function storedSizeOf(row: Pick<PhotoRow, 'size' | 'sealed_key'>): number {
  return row.sealed_key ? sealedSize(row.size) : row.size
}
