import type { ItemKind } from '../contract/api'
import { writeOnce, type Write } from './db'
import { makeEnvelope } from './envelope'
import { newId } from './ids'
import { readMeta } from './meta'
import type { DraftRow, ItemRow, PhotoPurpose } from './rows'
import type { Session } from './session'
import { storeChanged } from './signal'

export type Prepared = {
  title: string
  content: unknown
  photoIds: string[]
  purpose: PhotoPurpose | null
  /** The draft that ends with this item. */
  draft: DraftRow | null
}

type Finishing = { session: Session; kind: ItemKind; caseId: string; prepared: Prepared }
type FinishWrite = Write<['meta', 'drafts', 'notes', 'items', 'photos']>

/**
 * Hashing (and later sealing) cannot happen inside an IndexedDB transaction, so the envelope is made
 * first and the transaction checks that nothing moved meanwhile; null means: look again.
 */
export async function commitItem(finishing: Finishing): Promise<ItemRow | null> {
  const { session, kind, prepared } = finishing
  const seq = ((await readMeta('seq')) ?? 0) + 1
  const envelope = await makeEnvelope({
    id: newId(), kind, deviceId: session.deviceId, seq, content: prepared.content,
  })
  const row: ItemRow = {
    id: envelope.id, user_id: session.user.id, case_id: finishing.caseId, kind, title: prepared.title,
    saved_at: new Date().toISOString(), envelope, receipt: null, received_on_phone_at: null,
    refused: null, verdict: null,
  }
  const isWritten = await writeOnce(['meta', 'drafts', 'notes', 'items', 'photos'], async (tx) => {
    if (!(await isUnchanged(tx, row, prepared))) return false
    await tx.objectStore('meta').put({ key: 'seq', value: seq })
    await tx.objectStore('items').add(row)
    for (const photoId of prepared.photoIds) {
      const photo = (await tx.objectStore('photos').get(photoId))!
      await tx.objectStore('photos').put({ ...photo, item_id: row.id })
    }
    if (prepared.draft) await tx.objectStore('drafts').delete([row.user_id, row.case_id])
    if (kind !== 'visit') await tx.objectStore('notes').delete([row.user_id, row.case_id, kind])
    return true
  })
  if (!isWritten) return null
  storeChanged('items')
  storeChanged('finished')
  return row
}

async function isUnchanged(tx: FinishWrite, row: ItemRow, prepared: Prepared): Promise<boolean> {
  const seq = (await tx.objectStore('meta').get('seq'))?.value ?? 0
  if (seq !== row.envelope.seq - 1) return false
  if (prepared.draft) {
    const draft = await tx.objectStore('drafts').get([row.user_id, row.case_id])
    if (JSON.stringify(draft) !== JSON.stringify(prepared.draft)) return false
  }
  const photos = await tx.objectStore('photos').index('by_case').getAll([row.user_id, row.case_id])
  const open = photos.filter((photo) => photo.item_id === null && photo.purpose === prepared.purpose)
  return open.map((photo) => photo.id).join() === prepared.photoIds.join()
}
