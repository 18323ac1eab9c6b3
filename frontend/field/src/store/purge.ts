import { serverNow } from './clock'
import { openStore, writeOnce } from './db'
import { whileLess } from './loss_record'
import type { ItemRow, PhotoRow } from './rows'
import { storeChanged } from './signal'

/** How long received work stays on the phone, so that a restored server can be filled again. */
export const KEEP_DAYS = 30

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Deletes work whose every part was received more than 30 days ago by the server's clock: a phone whose
 * own clock jumps a year ahead deletes nothing. @returns how many items
 */
export async function purgeReceived(at?: number): Promise<number> {
  const now = at ?? (await serverNow()).getTime()
  const db = await openStore()
  const photos = await db.getAll('photos')
  const ended = (await db.getAll('items')).filter((item) => isEnded(item, photos, now))
  if (ended.length === 0) return 0
  await whileLess(async () => {
    for (const item of ended) await forgetItem(item, photos.filter((photo) => photo.item_id === item.id))
  })
  storeChanged('items')
  return ended.length
}

function isEnded(item: ItemRow, photos: PhotoRow[], now: number): boolean {
  const limit = now - KEEP_DAYS * DAY_MS
  const parts = [item, ...photos.filter((photo) => photo.item_id === item.id)]
  return parts.every((part) => part.receipt && Date.parse(part.receipt.received_at) < limit)
}

async function forgetItem(item: ItemRow, photos: PhotoRow[]): Promise<void> {
  await writeOnce(['items', 'photos', 'chunks'], async (tx) => {
    await tx.objectStore('items').delete(item.id)
    for (const { id } of photos) {
      await tx.objectStore('photos').delete(id)
      await tx.objectStore('chunks').delete(IDBKeyRange.bound([id, 0], [id, Infinity]))
    }
  })
}
