import type { IDBPTransaction } from 'idb'
import type { RuhuSchema } from './rows'

type Names = 'meta' | 'people' | 'items' | 'cases' | 'drafts' | 'notes' | 'photos' | 'notices'
/** Any transaction that writes at least cases, drafts, notes and photos. */
export type HeldStores = Pick<IDBPTransaction<RuhuSchema, Names[], 'readwrite'>, 'objectStore'>

/** Cases with an unfinished form, short form or photo of this person. */
export async function heldCases(tx: HeldStores, userId: string): Promise<Set<string>> {
  const drafts = await tx.objectStore('drafts').index('by_user').getAllKeys(userId)
  const notes = await tx.objectStore('notes').getAllKeys(rowsOf(userId))
  const photos = await tx.objectStore('photos').index('by_user').getAll(userId)
  const open = photos.filter((photo) => photo.item_id === null)
  return new Set([...drafts, ...notes].map(([, caseId]) => caseId).concat(open.map((photo) => photo.case_id)))
}

/** The rows of a person in a store whose keys begin with the person. */
export function rowsOf(userId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []])
}
