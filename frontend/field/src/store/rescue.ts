import type { DepositKey, Envelope } from '../contract/api'
import { PhoneProblem } from '../problem'
import { toBase64 } from './base64'
import { openStore } from './db'
import { signText } from './device_keys'
import { sealText } from './envelope'
import { importPhotoKey, readChunk, readStoredBytes, sealChunk, SEALED_CHUNK_PLAIN } from './photo_chunks'
import { uploadText } from './photo_seal'
import { RESCUE_FORMAT, type RescueItem, type RescuePhoto } from './rescue_file'
import type { ItemRow, PhotoRow, SealedDraftRow } from './rows'
import { sealPhotoKey } from './seal'
import { deviceId } from './session'

export { importRescue, type Imported } from './rescue_import'

export type RescueContents = { items: number; photos: number }
/** `lost`: photos whose pieces are gone from this phone. */
export type Rescued = RescueContents & { file: Blob; name: string; lost: number }

/** What a rescue file made now would hold, work of everybody on this phone, drafts included. */
export async function rescueContents(): Promise<RescueContents> {
  const { items, photos } = await unreceived()
  return { items: items.length, photos: photos.length }
}

/**
 * Everything without a receipt, drafts included, as a file for another phone or the desk; nothing leaves
 * this phone. Put together photo by photo, so that never more than one is held in memory.
 * @throws PhoneProblem store_failed
 */
export async function exportRescue(now = new Date()): Promise<Rescued> {
  const { items, photos } = await unreceived()
  const head = {
    format: RESCUE_FORMAT, made_at: now.toISOString(), device_id: await deviceId(), app_version: __APP_VERSION__,
  }
  const parts: BlobPart[] = [`${JSON.stringify(head).slice(0, -1)},"items":[`]
  parts.push(items.map((item) => `\n${JSON.stringify(item)}`).join(','), '],"photos":[')
  let count = 0
  for (const row of photos) {
    const part = await photoPart(row)
    if (!part) continue
    parts.push(count > 0 ? ',\n' : '\n', part)
    count += 1
  }
  parts.push(']}\n')
  const name = `ruhu-rescue-${now.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}.json`
  const file = new Blob(parts, { type: 'application/json' })
  return { file, name, items: items.length, photos: count, lost: photos.length - count }
}

type OwnedPhoto = PhotoRow & { item_id: string }

async function unreceived(): Promise<{ items: RescueItem[]; photos: OwnedPhoto[] }> {
  const db = await openStore()
  const rows = (await db.getAll('items')).filter((row) => !row.receipt)
  const sealed = await Promise.all(rows.map(async (row) => ({
    envelope: await sealedEnvelope(row), case_id: row.case_id, saved_at: row.saved_at,
  })))
  const copies = await db.getAll('sealed_drafts')
  const drafts = copies.map(({ envelope, case_id, saved_at }) => ({ envelope, case_id, saved_at }))
  const items = [...sealed, ...drafts].filter((item): item is RescueItem => item.envelope !== null)
  const photos = (await db.getAll('photos')).filter((row) => !row.receipt && !row.gone_at)
    .map((row) => ({ ...row, item_id: row.item_id ?? copyOf(row, copies) }))
    .filter((row): row is OwnedPhoto => row.item_id !== null)
  return { items, photos }
}

/** Photos of an unfinished form travel with its sealed copy. */
function copyOf(row: PhotoRow, copies: SealedDraftRow[]): string | null {
  const own = copies.find((copy) => {
    return copy.user_id === row.user_id && copy.case_id === row.case_id && copy.purpose === row.purpose
  })
  return own?.envelope.id ?? null
}

/** Plain items of the first version are sealed for the file; null where no key to seal to is known. */
async function sealedEnvelope(row: ItemRow): Promise<Envelope | null> {
  const { envelope } = row
  if (envelope.sealed !== null) return envelope
  const key = await depositKeyFor(row.user_id)
  if (!key || envelope.payload === null) return null
  const { id, kind, device_id, seq } = envelope
  return sealText({ id, kind, deviceId: device_id, author: row.user_id, seq }, envelope.payload, key)
}

/** null for a photo whose pieces are gone: what is left of the rest is still to be rescued. */
async function photoPart(row: OwnedPhoto): Promise<Blob | null> {
  try {
    const sealed = row.sealed_key ? storedChunks(row) : await chunksSealedNow(row)
    return sealed && (await photoBlob(row, sealed))
  } catch (cause) {
    if (cause instanceof PhoneProblem && cause.code === 'photo_not_here') return null
    throw cause
  }
}

async function photoBlob(row: OwnedPhoto, sealed: Chunks): Promise<Blob> {
  const device_id = row.device_id ?? (await deviceId())
  const signature = row.signature ?? (await signText(uploadText({ ...row, device_id, author: row.user_id })))
  const { id, case_id, purpose, kind, sha256, size, taken_at, source } = row
  const head: Omit<RescuePhoto, 'chunks'> = {
    id, item_id: row.item_id, case_id, purpose, kind, sha256, size, taken_at, source,
    author: row.user_id, device_id, signature, key_id: sealed.keyId, sealed_key: sealed.sealedKey,
  }
  const parts: string[] = [`${JSON.stringify(head).slice(0, -1)},"chunks":[`]
  let index = 0
  for await (const chunk of sealed.chunks) parts.push(`${index++ > 0 ? ',' : ''}"${toBase64(chunk)}"`)
  return new Blob([...parts, ']}'])
}

type Chunks = { keyId: string; sealedKey: string; chunks: AsyncIterable<Uint8Array> }

function storedChunks(row: PhotoRow): Chunks {
  async function* read(): AsyncIterable<Uint8Array> {
    for (let index = 0; index < row.chunk_count; index += 1) yield await readChunk(row.id, index)
  }
  return { keyId: row.key_id ?? '', sealedKey: row.sealed_key!, chunks: read() }
}

/** A plain photo of the first version leaves this phone sealed, too. */
async function chunksSealedNow(row: PhotoRow): Promise<Chunks | null> {
  const depositKey = await depositKeyFor(row.user_id)
  if (!depositKey) return null
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const key = await importPhotoKey(raw)
  async function* read(): AsyncIterable<Uint8Array> {
    for (let index = 0; index * SEALED_CHUNK_PLAIN < row.size; index += 1) {
      const start = index * SEALED_CHUNK_PLAIN
      const plain = await readStoredBytes(row.id, row.size, start, start + SEALED_CHUNK_PLAIN)
      yield new Uint8Array(await sealChunk(key, row.id, index, plain))
    }
  }
  return { keyId: depositKey.id, sealedKey: await sealPhotoKey(row.id, raw, depositKey), chunks: read() }
}

async function depositKeyFor(userId: string): Promise<DepositKey | null> {
  const people = await (await openStore()).getAll('people')
  const own = people.find((person) => person.user_id === userId)?.deposit_key
  return own ?? people.find((person) => person.deposit_key)?.deposit_key ?? null
}
