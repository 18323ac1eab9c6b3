import { toldServerTime } from './clock'
import { openStore, writeOnce } from './db'
import { whileLess } from './loss_record'
import type { ItemRow, PhotoRow } from './rows'
import { storeChanged } from './signal'

/** How long received work stays on the phone, so that a restored server can be filled again. */
export const KEEP_DAYS = 30

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Deletes work whose every part was received more than 30 days ago by the server's clock: a phone whose
 * own clock jumps a year ahead deletes nothing, and neither does one that has not heard the server's time.
 * @returns how many items
 */
export async function purgeReceived(at?: number): Promise<number> {
  const now = at ?? (await toldServerTime())?.getTime()
  if (now === undefined) return 0
  const db = await openStore()
  const photos = await db.getAll('photos')
  const items = await db.getAll('items')
  const ended = items.filter((item) => isEnded([item, ...photosOf(item, photos)], now))
  // A rescue file may bring photos of a visit that its own phone had handed in.
  const known = new Set(items.map((item) => item.id))
  const loose = photos.filter((photo) => photo.carried && !known.has(`${photo.item_id}`) && isEnded([photo], now))
  if (ended.length + loose.length === 0) return 0
  await whileLess(async () => {
    for (const item of ended) await forget(item, photosOf(item, photos))
    for (const photo of loose) await forget(null, [photo])
  })
  storeChanged('items')
  return ended.length
}

function photosOf(item: ItemRow, photos: PhotoRow[]): PhotoRow[] {
  return photos.filter((photo) => photo.item_id === item.id)
}

function isEnded(parts: (ItemRow | PhotoRow)[], now: number): boolean {
  const limit = now - KEEP_DAYS * DAY_MS
  const isOver = (at: string): boolean => Date.parse(at) < limit
  return parts.every((part) => (part.receipt ? isOver(part.receipt.received_at) : 'gone_at' in part && part.gone_at !== undefined))
}

async function forget(item: ItemRow | null, photos: PhotoRow[]): Promise<void> {
  await writeOnce(['items', 'photos', 'chunks'], async (tx) => {
    if (item) await tx.objectStore('items').delete(item.id)
    for (const { id } of photos) {
      await tx.objectStore('photos').delete(id)
      await tx.objectStore('chunks').delete(IDBKeyRange.bound([id, 0], [id, Infinity]))
    }
  })
}
