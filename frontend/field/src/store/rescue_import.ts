import { PhoneProblem } from '../problem'
import { fromBase64 } from './base64'
import { sha256Hex } from './canonical'
import { writeOnce } from './db'
import { CHUNK_BYTES, sealedSize } from './photo_chunks'
import { RESCUE_FORMAT, type RescueFile, type RescueItem, type RescuePhoto } from './rescue_file'
import type { ItemRow, PhotoRow } from './rows'
import { storeChanged } from './signal'

/** `known`: what this phone had already, received or not. */
export type Imported = { items: number; photos: number; known: number }

const LARGEST_FILE = 300 * 1024 * 1024
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HASH = /^[0-9a-f]{64}$/
const KINDS = new Set(['visit', 'observation', 'attempt', 'urgent', 'explanation', 'extension', 'discovery', 'draft'])
const PURPOSES = new Set(['visit', 'observation', 'attempt', 'explanation'])

type KeptPhoto = { row: PhotoRow; chunks: ArrayBuffer[] }

/**
 * Takes somebody's rescue file in, to be handed in from here under their own signatures; it is never
 * shown here. All of it or nothing.
 * @throws PhoneProblem rescue_unfit (no such file), rescue_torn (incomplete), storage_full, store_failed
 */
export async function importRescue(file: Blob): Promise<Imported> {
  const content = await readRescue(file)
  const items = await Promise.all(content.items.map(itemRow))
  const photos = content.photos.map(keptPhoto)
  const imported = await writeOnce(['items', 'photos', 'chunks', 'sealed_drafts'], async (tx) => {
    const done: Imported = { items: 0, photos: 0, known: 0 }
    const ownCopies = new Set((await tx.objectStore('sealed_drafts').getAll()).map((copy) => copy.envelope.id))
    for (const row of items) {
      const isKnown = ownCopies.has(row.id) || (await tx.objectStore('items').getKey(row.id)) !== undefined
      if (!isKnown) await tx.objectStore('items').add(row)
      done[isKnown ? 'known' : 'items'] += 1
    }
    for (const { row, chunks } of photos) {
      const isKnown = (await tx.objectStore('photos').getKey(row.id)) !== undefined
      done[isKnown ? 'known' : 'photos'] += 1
      if (isKnown) continue
      await tx.objectStore('photos').add(row)
      for (const [index, bytes] of chunks.entries()) await tx.objectStore('chunks').add({ photo_id: row.id, index, bytes })
    }
    return done
  })
  for (const change of ['items', 'photos', 'finished'] as const) storeChanged(change)
  return imported
}

async function readRescue(file: Blob): Promise<RescueFile> {
  if (file.size > LARGEST_FILE) throw new PhoneProblem('rescue_unfit')
  const text = await file.text()
  if (!text.slice(0, 60).includes(`"${RESCUE_FORMAT}"`)) throw new PhoneProblem('rescue_unfit')
  let content: Partial<RescueFile>
  try {
    content = JSON.parse(text) as Partial<RescueFile>
  } catch (cause) {
    throw new PhoneProblem('rescue_torn', { cause })
  }
  if (content.format !== RESCUE_FORMAT) throw new PhoneProblem('rescue_unfit')
  if (!Array.isArray(content.items) || !Array.isArray(content.photos)) throw new PhoneProblem('rescue_torn')
  return content as RescueFile
}

async function itemRow(item: RescueItem): Promise<ItemRow> {
  const { envelope, case_id, saved_at } = item ?? {}
  const blob = typeof envelope?.sealed === 'string' ? fromBase64(envelope.sealed) : null
  const isWhole = blob !== null && UUID.test(envelope.id) && KINDS.has(envelope.kind) && isName(envelope.author)
    && typeof envelope.signature === 'string' && typeof case_id === 'string' && typeof saved_at === 'string'
    && (await sha256Hex(blob)) === envelope.sha256
  if (!isWhole) throw new PhoneProblem('rescue_torn')
  const { id, kind, device_id, author, seq, key_id, sealed, sha256, signature } = envelope
  return {
    id, user_id: author!, case_id, kind, title: '', saved_at,
    envelope: { id, kind, device_id, author, seq, key_id, sealed, sha256, signature, payload: null },
    receipt: null, received_on_phone_at: null, refused: null, verdict: null, carried: true,
  }
}

function keptPhoto(photo: RescuePhoto): KeptPhoto {
  const chunks = Array.isArray(photo?.chunks) ? photo.chunks.map((chunk) => fromBase64(`${chunk}`)) : []
  const texts = [photo?.kind, photo?.key_id, photo?.sealed_key, photo?.signature, photo?.device_id, photo?.case_id]
  const isWhole = texts.every((text) => typeof text === 'string') && UUID.test(photo.id) && isName(photo.author)
    && UUID.test(photo.item_id) && HASH.test(photo.sha256) && PURPOSES.has(photo.purpose) && isComplete(chunks, photo.size)
  if (!isWhole) throw new PhoneProblem('rescue_torn')
  const { id, item_id, case_id, kind, sha256, size, taken_at, device_id, signature, key_id, sealed_key } = photo
  const row: PhotoRow = {
    id, user_id: photo.author, case_id, purpose: photo.purpose as PhotoRow['purpose'], item_id, kind, sha256, size,
    chunk_count: chunks.length, taken_at, source: photo.source === 'album' ? 'album' : 'camera',
    added_at: new Date().toISOString(), sent_bytes: 0, upload_url: null, receipt: null, received_on_phone_at: null,
    refused: null, sealed_key, key_id, device_id, signature, carried: true,
  }
  return { row, chunks: chunks.map((chunk) => chunk!.buffer) }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

/** All chunks but the last are full, and together they are what the size asks for. */
function isComplete(chunks: (Uint8Array | null)[], size: number): boolean {
  const total = chunks.reduce((sum, chunk) => sum + (chunk?.length ?? 0), 0)
  const isFull = chunks.slice(0, -1).every((chunk) => chunk?.length === CHUNK_BYTES)
  return isFull && Number.isInteger(size) && size > 0 && total === sealedSize(size)
}
