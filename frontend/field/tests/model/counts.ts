import type { Phone } from './phone'
import type { Program } from './window'

/** What the 上报箱 says against what lies on the disk; null when it is so. */
export async function wrongCount(phone: Phone, program: Program, user: string): Promise<string | null> {
  const { count, entries } = await program.outboxOf(user)
  const own = <T extends { user_id: string; carried?: boolean }>(rows: T[]): T[] => rows.filter((row) => row.user_id === user && !row.carried)
  const items = own(phone.items())
  const photos = own(phone.photos())
  const begun = new Set([
    ...own(phone.rows('drafts')).map((row) => `${row.case_id} visit`), ...own(phone.rows('notes')).map((row) => `${row.case_id} ${row.purpose}`),
    ...photos.filter((row) => !row.item_id).map((row) => `${row.case_id} ${row.purpose}`),
  ])
  const so = {
    drafts: begun.size, items: items.filter((row) => !row.receipt).length,
    photos: photos.filter((row) => row.item_id && !row.receipt && items.some((item) => item.id === row.item_id)).length, entries: items.length,
  }
  const said = { drafts: count.drafts, items: count.items, photos: count.photos, entries: entries.length }
  return JSON.stringify(said) === JSON.stringify(so) ? null : `the box says ${JSON.stringify(said)}, so it is ${JSON.stringify(so)}`
}
