import { PhoneProblem } from '../problem'
import { openStore, writeOnce } from '../store/db'
import { readMeta, writeMeta } from '../store/meta'
import type { ItemRow, PhotoRow } from '../store/rows'
import { confirmedSession } from '../store/session'
import { storeChanged } from '../store/signal'
import { callApi } from './http'
import { vouchFor } from './vouch'

const MOST_ASKED = 2000

type Asked = { id: string; sha256: string }
type Missing = { items: Set<string>; photos: Set<string> }

/**
 * A server that was restored to an older day has another epoch. What it received before and lacks now
 * waits again, and the epoch is noted, in one transaction: a cut at any moment repeats the whole. An enrolled
 * phone asks by its signature, so that also a closed account's work comes back.
 * @returns how much waits again
 * @throws PhoneProblem signed_out, or when the line is gone
 */
export async function followEpoch(epoch: string | null): Promise<number> {
  const known = await readMeta('epoch')
  if (epoch === null || epoch === known) return 0
  if (known === null) {
    await writeMeta('epoch', epoch)
    return 0
  }
  const db = await openStore()
  const items = (await db.getAll('items')).filter((row) => row.receipt)
  const photos = (await db.getAll('photos')).filter((row) => row.receipt)
  const missing = await askMissing(
    items[0]?.user_id ?? photos[0]?.user_id ?? '', items.map((row) => ({ id: row.id, sha256: row.envelope.sha256 })), photos.map(({ id, sha256 }) => ({ id, sha256 })),
  )
  const count = await sendAgain(epoch, items.filter((row) => missing.items.has(row.id)), photos.filter((row) => missing.photos.has(row.id)))
  storeChanged('items')
  storeChanged('photos')
  return count
}

async function askMissing(author: string, items: Asked[], photos: Asked[]): Promise<Missing> {
  const missing: Missing = { items: new Set(), photos: new Set() }
  for (let start = 0; start < Math.max(items.length, photos.length); start += MOST_ASKED) {
    const page = { items: items.slice(start, start + MOST_ASKED), photos: photos.slice(start, start + MOST_ASKED) }
    const headers = await vouchFor('missing', page, author)
    if (Object.keys(headers).length === 0) await confirmedSession()
    const answer = (await callApi('POST', '/inbox/missing', page, { headers })) as { items?: unknown; photos?: unknown } | null
    if (!isIds(answer?.items) || !isIds(answer.photos)) throw new PhoneProblem('not_our_server')
    answer.items.forEach((id) => missing.items.add(id))
    answer.photos.forEach((id) => missing.photos.add(id))
  }
  return missing
}

async function sendAgain(epoch: string, items: ItemRow[], photos: PhotoRow[]): Promise<number> {
  return writeOnce(['items', 'photos', 'meta'], async (tx) => {
    for (const { id } of items) {
      const row = await tx.objectStore('items').get(id)
      if (row) await tx.objectStore('items').put({ ...row, ...waitingAgain(row), verdict: null })
    }
    for (const { id } of photos) {
      const row = await tx.objectStore('photos').get(id)
      if (row) await tx.objectStore('photos').put({ ...row, ...waitingAgain(row), upload_url: null, sent_bytes: 0 })
    }
    await tx.objectStore('meta').put({ key: 'epoch', value: epoch })
    return items.length + photos.length
  })
}

function waitingAgain(row: ItemRow | PhotoRow) {
  return { receipt: null, received_on_phone_at: null, refused: null, earlier_receipt: row.receipt }
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string')
}
