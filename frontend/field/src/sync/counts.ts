import { openStore } from '../store/db'

/** How many photos of unfinished deposits there are, and how many of them were received. */
export async function photoCounts(userId: string): Promise<{ done: number; total: number }> {
  const all = await (await openStore()).getAllFromIndex('photos', 'by_user', userId)
  const rows = all.filter((row) => !row.carried)
  const openItems = new Set(rows.filter((row) => row.item_id && !row.receipt).map((row) => row.item_id))
  const counted = rows.filter((row) => openItems.has(row.item_id))
  return { done: counted.filter((row) => row.receipt).length, total: counted.length }
}
