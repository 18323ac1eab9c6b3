import { PhoneProblem } from '../problem'
import { fromBase64 } from './base64'
import { sha256Hex } from './canonical'
import { writeOnce, type Write } from './db'
import { CHUNK_BYTES, sealedSize } from './photo_chunks'
import { lacksPieces } from './photo_gone'
import type { RescueItem, RescuePhoto } from './rescue_file'
import { rescueParts } from './rescue_lines'
import type { ItemRow, PhotoRow } from './rows'
import { storeChanged } from './signal'

/** `known`: what this phone had already, received or not; `restored`: of these photos, whose pieces were gone. */
export type Imported = { items: number; photos: number; known: number; restored: number }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HASH = /^[0-9a-f]{64}$/
/** What travels in a header must fit one, or no browser sends it. */
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/
const NAME = /^[A-Za-z0-9_-]{1,64}$/
const SEALED_KEY = /^[A-Za-z0-9_-]{1,400}$/
const KINDS = new Set(['visit', 'observation', 'attempt', 'urgent', 'explanation', 'extension', 'discovery', 'draft'])
const PURPOSES = new Set(['visit', 'observation', 'attempt', 'explanation'])

type KeptPhoto = { row: PhotoRow; chunks: ArrayBuffer[] }
type Added = { items: string[]; photos: string[] }
type PhotoStores = ['photos', 'chunks']

/**
 * Takes somebody's rescue file in, to be handed in from here under their own signatures; it is never
 * shown here. Looked at whole first, then taken in photo by photo: all of it or nothing.
 * @throws PhoneProblem rescue_unfit (no such file), rescue_torn (incomplete), rescue_large, storage_full, store_failed
 */
export async function importRescue(file: Blob): Promise<Imported> {
  const items: ItemRow[] = []
  for await (const part of rescueParts(file)) {
    if ('item' in part) items.push(await itemRow(part.item))
    else keptPhoto(part.photo)
  }
  const added: Added = { items: [], photos: [] }
  try {
    return await takeIn(items, file, added)
  } catch (cause) {
    await takeBack(added)
    throw cause
  } finally {
    for (const change of ['items', 'photos', 'finished'] as const) storeChanged(change)
  }
}

async function takeIn(items: ItemRow[], file: Blob, added: Added): Promise<Imported> {
  const done: Imported = { items: 0, photos: 0, known: 0, restored: 0 }
  await addItems(items, added, done)
  for await (const part of rescueParts(file)) {
    if (!('photo' in part)) continue
    const photo = keptPhoto(part.photo)
    const end = await writeOnce(['photos', 'chunks'], (tx) => addPhoto(tx, photo))
    if (end === 'photos') added.photos.push(photo.row.id)
    done[end] += 1
    if (end === 'restored') done.known += 1
  }
  return done
}

async function addItems(items: ItemRow[], added: Added, done: Imported): Promise<void> {
  const fresh = await writeOnce(['items', 'sealed_drafts'], async (tx) => {
    const ownCopies = new Set((await tx.objectStore('sealed_drafts').getAll()).map((copy) => copy.envelope.id))
    const ids: string[] = []
    for (const row of items) {
      if (ownCopies.has(row.id) || (await tx.objectStore('items').getKey(row.id)) !== undefined) continue
      await tx.objectStore('items').add(row)
      ids.push(row.id)
    }
    return ids
  })
  added.items.push(...fresh)
  done.items = fresh.length
  done.known = items.length - fresh.length
}

async function addPhoto(tx: Write<PhotoStores>, { row, chunks }: KeptPhoto): Promise<'photos' | 'known' | 'restored'> {
  const known = await tx.objectStore('photos').get(row.id)
  const isLacking = known && !known.receipt && known.sha256 === row.sha256 && (await lacksPieces(tx.objectStore('chunks'), known))
  if (known && !isLacking) return 'known'
  const keep = async (): Promise<void> => {
    for (const [index, bytes] of chunks.entries()) await tx.objectStore('chunks').put({ photo_id: row.id, index, bytes })
  }
  if (!known) {
    await tx.objectStore('photos').add(row)
    await keep()
    return 'photos'
  }
  await tx.objectStore('photos').put(madeWhole(known, row))
  await keep()
  return 'restored'
}

/** Pieces closed under another key come with it; the picture is then for the server alone. */
function madeWhole(known: PhotoRow, { chunk_count, sealed_key, key_id }: PhotoRow): PhotoRow {
  const { gone_at: _gone, boxed_key, ...rest } = known
  const whole = { ...rest, chunk_count, sealed_key, key_id, refused: null, upload_url: null, sent_bytes: 0 }
  return { ...whole, ...(boxed_key && known.sealed_key === sealed_key && { boxed_key }) } as PhotoRow
}

async function takeBack({ items, photos }: Added): Promise<void> {
  if (items.length + photos.length === 0) return
  await writeOnce(['items', 'photos', 'chunks'], async (tx) => {
    for (const id of items) await tx.objectStore('items').delete(id)
    for (const id of photos) {
      await tx.objectStore('photos').delete(id)
      await tx.objectStore('chunks').delete(IDBKeyRange.bound([id, 0], [id, Infinity]))
    }
  })
}

async function itemRow(item: RescueItem): Promise<ItemRow> {
  const { envelope, case_id, saved_at } = item ?? {}
  const blob = typeof envelope?.sealed === 'string' ? fromBase64(envelope.sealed) : null
  const isWhole = blob !== null && UUID.test(envelope.id) && KINDS.has(envelope.kind)
    && NAME.test(`${envelope.author}`) && UUID.test(envelope.device_id) && SIGNATURE.test(`${envelope.signature}`)
    && Number.isInteger(envelope.seq) && typeof case_id === 'string' && typeof saved_at === 'string'
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
  const names = [photo?.kind, photo?.key_id, photo?.case_id, photo?.author]
  const isWhole = names.every((name) => typeof name === 'string' && NAME.test(name)) && typeof photo.taken_at === 'string'
    && [photo.id, photo.item_id, photo.device_id].every((id) => UUID.test(id))
    && SIGNATURE.test(photo.signature) && SEALED_KEY.test(photo.sealed_key) && HASH.test(photo.sha256) && PURPOSES.has(photo.purpose) && isComplete(chunks, photo.size)
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

/** All chunks but the last are full, and together they are what the size asks for. */
function isComplete(chunks: (Uint8Array | null)[], size: number): boolean {
  const total = chunks.reduce((sum, chunk) => sum + (chunk?.length ?? 0), 0)
  const isFull = chunks.slice(0, -1).every((chunk) => chunk?.length === CHUNK_BYTES)
  return isFull && Number.isInteger(size) && size > 0 && total === sealedSize(size)
}
