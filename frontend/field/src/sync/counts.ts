import { openStore } from '../store/db'
import { isToSend } from '../store/photo_gone'

/** How many photos of unfinished deposits there are, and how many of them were received. */
export async function photoCounts(userId: string): Promise<{ done: number; total: number }> {
  const all = await (await openStore()).getAllFromIndex('photos', 'by_user', userId)
  const rows = all.filter((row) => !row.carried && !row.gone_at)
  const openItems = new Set(rows.filter(isToSend).map((row) => row.item_id))
  const counted = rows.filter((row) => openItems.has(row.item_id))
  return { done: counted.filter((row) => row.receipt).length, total: counted.length }
}
