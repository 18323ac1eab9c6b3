import { openStore, writeOnce, type Write } from './db'
import { rowsOf } from './held'
import { whileLess } from './loss_record'
import type { DraftRow, ItemRow, NoteRow, PhotoRow, SealedDraftRow } from './rows'
import { storeChanged } from './signal'

export type WipeOptions = { endsSession: boolean }
const STORES = [
  'people', 'meta', 'cases', 'drafts', 'notes', 'recovered', 'notices', 'sealed_drafts', 'items', 'photos',
] as const
type WipeWrite = Write<[...typeof STORES]>

/**
 * Everything only the vault opens goes; what only the server can open is handed in. One transaction, so
 * that no moment has neither. A draft that is still plain has no copy yet and stays.
 */
export async function wipeVault(userId: string, options: WipeOptions): Promise<void> {
  await whileLess(() => writeOnce([...STORES], async (tx) => {
    const copies = await tx.objectStore('sealed_drafts').index('by_user').getAll(userId)
    const photos = await tx.objectStore('photos').index('by_user').getAll(userId)
    for (const copy of copies) await handIn(tx, copy, photos)
    await deleteReadable(tx, userId)
    const person = await tx.objectStore('people').get(userId)
    const is_signed_out = options.endsSession
    if (person) await tx.objectStore('people').put({ ...person, vault: null, is_signed_out })
    const session = (await tx.objectStore('meta').get('session'))?.value as { user: { id: string } } | undefined
    if (options.endsSession && session?.user.id === userId) await tx.objectStore('meta').delete('session')
  }))
}

/** For a draft whose box is damaged: its copy is handed in and comes back. Without one it stays as it is. */
export async function handInDamaged(row: DraftRow | NoteRow): Promise<void> {
  const purpose = 'purpose' in row ? row.purpose : 'visit'
  await whileLess(() => writeOnce([...STORES], async (tx) => {
    const copy = await tx.objectStore('sealed_drafts').get([row.user_id, row.case_id, purpose])
    if (!copy) return
    await handIn(tx, copy, await tx.objectStore('photos').index('by_user').getAll(row.user_id))
    if ('purpose' in row) await tx.objectStore('notes').delete([row.user_id, row.case_id, row.purpose])
    else await tx.objectStore('drafts').delete([row.user_id, row.case_id])
  }))
  for (const change of ['draft', 'items', 'finished'] as const) storeChanged(change)
}

/** Copies of drafts that are gone though nobody ended them. */
export async function handInOrphans(): Promise<void> {
  await whileLess(() => writeOnce([...STORES], async (tx) => {
    for (const copy of await tx.objectStore('sealed_drafts').getAll()) {
      const { user_id, case_id, purpose } = copy
      const isHere = purpose === 'visit'
        ? await tx.objectStore('drafts').getKey([user_id, case_id])
        : await tx.objectStore('notes').getKey([user_id, case_id, purpose])
      if (!isHere) await handIn(tx, copy, await tx.objectStore('photos').index('by_user').getAll(user_id))
    }
  }))
  for (const change of ['draft', 'items', 'finished'] as const) storeChanged(change)
}

async function handIn(tx: WipeWrite, copy: SealedDraftRow, photos: PhotoRow[]): Promise<void> {
  await tx.objectStore('items').add(itemOf(copy))
  await tx.objectStore('sealed_drafts').delete([copy.user_id, copy.case_id, copy.purpose])
  for (const photo of photos) {
    const belongs = photo.item_id === null && photo.case_id === copy.case_id && photo.purpose === copy.purpose
    if (belongs) await tx.objectStore('photos').put({ ...photo, item_id: copy.envelope.id })
  }
}

async function deleteReadable(tx: WipeWrite, userId: string): Promise<void> {
  for (const row of await tx.objectStore('drafts').index('by_user').getAll(userId)) {
    if ('iv' in row.body) await tx.objectStore('drafts').delete([userId, row.case_id])
  }
  for (const row of await tx.objectStore('notes').getAll(rowsOf(userId))) {
    if ('iv' in row.body) await tx.objectStore('notes').delete([userId, row.case_id, row.purpose])
  }
  // Given back again with the next pull, since the server was not told that they are safe here.
  for (const store of ['cases', 'recovered', 'notices'] as const) await tx.objectStore(store).delete(rowsOf(userId))
}

export async function hasClosedBoxes(userId: string): Promise<boolean> {
  const db = await openStore()
  const rows = [
    ...(await db.getAllFromIndex('drafts', 'by_user', userId)), ...(await db.getAll('notes', rowsOf(userId))),
    ...(await db.getAllFromIndex('cases', 'by_user', userId)),
  ]
  return rows.some((row) => 'iv' in row.body)
}

/** A sealed copy as it is handed in. */
export function itemOf(copy: SealedDraftRow): ItemRow {
  return {
    id: copy.envelope.id, user_id: copy.user_id, case_id: copy.case_id, kind: 'draft', title: '',
    saved_at: copy.saved_at, envelope: copy.envelope, receipt: null, received_on_phone_at: null,
    refused: null, verdict: null,
  }
}
