import type { IDBPTransaction } from 'idb'
import type { ItemRow, RuhuSchema } from './rows'

type Names = 'meta' | 'people' | 'items' | 'cases' | 'drafts' | 'notes' | 'photos' | 'notices'
/** Any transaction that writes at least cases, drafts, notes, items and photos. */
export type HeldStores = Pick<IDBPTransaction<RuhuSchema, Names[], 'readwrite'>, 'objectStore'>

/**
 * Cases with an unfinished form, short form or photo of this person, and households they found of which the
 * office has not yet said what becomes of them.
 */
export async function heldCases(tx: HeldStores, userId: string): Promise<Set<string>> {
  const drafts = await tx.objectStore('drafts').index('by_user').getAllKeys(userId)
  const notes = await tx.objectStore('notes').getAllKeys(rowsOf(userId))
  const photos = await tx.objectStore('photos').index('by_user').getAll(userId)
  const open = photos.filter((photo) => photo.item_id === null)
  const items = await tx.objectStore('items').index('by_user').getAll(userId)
  const found = items.filter((item) => item.kind === 'discovery' && isUndecided(item)).map((item) => item.case_id)
  return new Set([...drafts, ...notes].map(([, caseId]) => caseId).concat(open.map((photo) => photo.case_id), found))
}

/** Not received, not judged, or waiting for a person. */
function isUndecided(item: ItemRow): boolean {
  const verdict = item.verdict?.verdict
  return !item.receipt || verdict === undefined || verdict === 'pending' || verdict === 'quarantined'
}

/** The rows of a person in a store whose keys begin with the person. */
export function rowsOf(userId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []])
}
