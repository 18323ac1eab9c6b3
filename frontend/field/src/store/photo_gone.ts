import { PhoneProblem } from '../problem'
import { openStore, writeOnce } from './db'
import type { PhotoRow } from './rows'
import { requireSession } from './session'
import { storeChanged } from './signal'

type Pieces = { count(range: IDBKeyRange): Promise<number> }

/** Whether something took pieces of this photo away. */
export async function lacksPieces(chunks: Pieces, { id, chunk_count }: PhotoRow): Promise<boolean> {
  return (await chunks.count(IDBKeyRange.bound([id, 0], [id, Infinity]))) < chunk_count
}

/** Still to be handed in: what its person noted as gone is not. */
export function isToSend(row: PhotoRow): boolean {
  return row.item_id !== null && !row.receipt && !row.gone_at
}

/**
 * Its person knows that a finished photo is lost: a recorded end, until a rescue file brings the pieces back.
 * @throws PhoneProblem photo_not_here for a photo that is somebody else's, received, or all there
 */
export async function noteGone(id: string): Promise<void> {
  const { user } = await requireSession()
  await writeOnce(['photos', 'chunks'], async (tx) => {
    const row = await tx.objectStore('photos').get(id)
    const isGone = row && row.user_id === user.id && isToSend(row) && (await lacksPieces(tx.objectStore('chunks'), row))
    if (!isGone) throw new PhoneProblem('photo_not_here')
    await tx.objectStore('photos').put({ ...row, gone_at: new Date().toISOString(), upload_url: null, sent_bytes: 0 })
  })
  storeChanged('photos')
}

/** The person has read that pieces are missing: the outbox says it beside the photo from now on. */
export async function nameTorn(ids: string[]): Promise<void> {
  const refused = { code: 'photo_not_here', message: '', at: new Date().toISOString() }
  await writeOnce(['photos'], async (tx) => {
    for (const id of ids) {
      const row = await tx.objectStore('photos').get(id)
      if (row && isToSend(row)) await tx.objectStore('photos').put({ ...row, refused })
    }
  })
  storeChanged('photos')
}

/** Photos without a receipt that lack pieces and that nobody noted as gone. */
export async function tornPhotos(): Promise<PhotoRow[]> {
  const db = await openStore()
  const torn: PhotoRow[] = []
  for (const row of await db.getAll('photos')) {
    if (row.receipt || row.gone_at) continue
    if (await lacksPieces({ count: (range) => db.count('chunks', range) }, row)) torn.push(row)
  }
  return torn
}
