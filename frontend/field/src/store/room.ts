import type { IDBPDatabase } from 'idb'
import type { PhotoRow, RuhuSchema } from './rows'

const ROOM_BYTES = 5 * 1024 * 1024

/**
 * On a full phone the pictures the server has signed for give way to new text, the oldest first. Their
 * rows stay. @returns whether anything went
 */
export async function makeRoom(db: IDBPDatabase<RuhuSchema>): Promise<boolean> {
  const received = (await db.getAll('photos')).filter((photo) => photo.receipt && !photo.emptied_at)
  let freed = 0
  for (const photo of received.sort(byAge)) {
    if (freed >= ROOM_BYTES) break
    await empty(db, photo)
    freed += photo.size
  }
  return freed > 0
}

function byAge(left: PhotoRow, right: PhotoRow): number {
  return (left.received_on_phone_at ?? '') < (right.received_on_phone_at ?? '') ? -1 : 1
}

/** Deleting comes first: where nothing fits any more, the mark may fail and the pieces are gone all the same. */
async function empty(db: IDBPDatabase<RuhuSchema>, photo: PhotoRow): Promise<void> {
  const pieces = db.transaction('chunks', 'readwrite', { durability: 'strict' })
  await pieces.store.delete(IDBKeyRange.bound([photo.id, 0], [photo.id, Infinity]))
  await pieces.done
  const row = db.transaction('photos', 'readwrite', { durability: 'strict' })
  const current = await row.store.get(photo.id)
  if (current) await row.store.put({ ...current, emptied_at: new Date().toISOString() })
  await row.done
}
