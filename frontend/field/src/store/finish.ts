import type { ItemKind } from '../contract/api'
import { closeBox } from './box'
import { writeOnce, type Write } from './db'
import { makePlainEnvelope, sealEnvelope, type Envelope } from './envelope'
import { newId } from './ids'
import { readMeta } from './meta'
import { rowPlace } from './places'
import type { CaseRow, DraftRow, ItemRow, PhotoPurpose } from './rows'
import type { Session } from './session'
import { storeChanged } from './signal'

export type Prepared = {
  title: string
  content: unknown
  photoIds: string[]
  purpose: PhotoPurpose | null
  /** The draft that ends with this item. */
  draft: DraftRow | null
  /** The case that begins with this item: a household somebody found. */
  opens?: CaseRow
}

type Finishing = { session: Session; kind: Exclude<ItemKind, 'draft'>; caseId: string; prepared: Prepared }
type FinishWrite = Write<['meta', 'cases', 'drafts', 'sealed_drafts', 'notes', 'items', 'photos']>

/**
 * Sealing cannot happen inside an IndexedDB transaction, so the envelope is made first and the
 * transaction checks that nothing moved meanwhile; null means: look again.
 */
export async function commitItem(finishing: Finishing): Promise<ItemRow | null> {
  const { kind, prepared } = finishing
  const seq = ((await readMeta('seq')) ?? 0) + 1
  const row = await newRow(finishing, seq)
  const isWritten = await writeOnce(['meta', 'cases', 'drafts', 'sealed_drafts', 'notes', 'items', 'photos'], async (tx) => {
    if (!(await isUnchanged(tx, row, prepared))) return false
    await tx.objectStore('meta').put({ key: 'seq', value: seq })
    if (prepared.opens) await tx.objectStore('cases').add(prepared.opens)
    await tx.objectStore('items').add(row)
    for (const photoId of prepared.photoIds) {
      const photo = (await tx.objectStore('photos').get(photoId))!
      await tx.objectStore('photos').put({ ...photo, item_id: row.id })
    }
    if (prepared.draft) await tx.objectStore('drafts').delete([row.user_id, row.case_id])
    if (kind !== 'visit') await tx.objectStore('notes').delete([row.user_id, row.case_id, kind])
    await tx.objectStore('sealed_drafts').delete([row.user_id, row.case_id, kind])
    return true
  })
  if (!isWritten) return null
  if (prepared.opens) storeChanged('cases')
  storeChanged('items')
  storeChanged('finished')
  return row
}

async function newRow({ session, kind, caseId, prepared }: Finishing, seq: number): Promise<ItemRow> {
  const id = newId()
  const user_id = session.user.id
  return {
    id, user_id, case_id: caseId, kind,
    title: await closeBox(prepared.title, rowPlace('items', { id, user_id, case_id: caseId })),
    saved_at: new Date().toISOString(), envelope: await envelopeOf(session, { id, kind, seq, content: prepared.content }),
    receipt: null, received_on_phone_at: null, refused: null, verdict: null,
  }
}

type Unsealed = Pick<Envelope, 'id' | 'kind' | 'seq'> & { content: unknown }

/** A phone that has not met the server since its update has no key to seal to; it finishes all the same. */
async function envelopeOf(session: Session, item: Unsealed): Promise<Envelope> {
  if (!session.depositKey) return makePlainEnvelope({ ...item, deviceId: session.deviceId })
  return sealEnvelope({ ...item, deviceId: session.deviceId, author: session.user.id }, session.depositKey)
}

async function isUnchanged(tx: FinishWrite, row: ItemRow, prepared: Prepared): Promise<boolean> {
  const seq = (await tx.objectStore('meta').get('seq'))?.value ?? 0
  if (seq !== row.envelope.seq - 1) return false
  if (prepared.draft) {
    const draft = await tx.objectStore('drafts').get([row.user_id, row.case_id])
    // Each save closes its box anew, under another start value.
    if (JSON.stringify(draft) !== JSON.stringify(prepared.draft)) return false
  }
  const photos = await tx.objectStore('photos').index('by_case').getAll([row.user_id, row.case_id])
  const open = photos.filter((photo) => photo.item_id === null && photo.purpose === prepared.purpose)
  return open.map((photo) => photo.id).join() === prepared.photoIds.join()
}
