import { openStore } from '../store/db'

/** How many finished pieces of this person wait for their receipt; known without the PIN. */
export async function unsentOf(userId: string): Promise<number> {
  const rows = await (await openStore()).getAllFromIndex('items', 'by_user', userId)
  return rows.filter((row) => !row.receipt).length
}
