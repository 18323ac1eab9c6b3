import { openStore } from '../store/db'
import { readMeta } from '../store/meta'
import { isToSend } from '../store/photo_gone'
import { byRefusal, isRefusalOver } from '../store/refusal'
import type { ItemRow, PhotoRow } from '../store/rows'

/**
 * Finished items of everybody on this phone without a receipt: 急难 first, with the household that it is about
 * when somebody found that here; the rest in the order this phone numbered them. What was carried here goes last.
 */
export async function waitingItems(retriesRefused: boolean): Promise<ItemRow[]> {
  const rows = await (await openStore()).getAll('items')
  const waiting = rows.filter((row) => !row.receipt && isDue(row, retriesRefused)).sort(byAge)
  const inDanger = new Set(waiting.filter((row) => row.kind === 'urgent').map((row) => row.case_id))
  const isFirst = (row: ItemRow): boolean => row.kind === 'urgent' || (row.kind === 'discovery' && inDanger.has(row.case_id))
  return [...waiting.filter(isFirst), ...waiting.filter((row) => !isFirst(row))].sort(byOwner)
}

/** Photos whose item was received, or came without one; those of the oldest item first, refused ones last. */
export async function waitingPhotos(retriesRefused: boolean): Promise<PhotoRow[]> {
  const db = await openStore()
  const items = new Map((await db.getAll('items')).map((item) => [item.id, item]))
  const isNext = (row: PhotoRow): boolean => {
    if (!isToSend(row) || !isDue(row, retriesRefused)) return false
    const item = items.get(row.item_id ?? '')
    // The facts name the photos that are to come; those a rescue file came without are on the server.
    return item ? item.receipt !== null : row.carried === true
  }
  const seqOf = (row: PhotoRow): number => items.get(row.item_id ?? '')?.envelope.seq ?? 0
  return (await db.getAll('photos')).filter(isNext)
    .sort((left, right) => byOwner(left, right) || byRefusal(left, right) || seqOf(left) - seqOf(right) || (left.id < right.id ? -1 : 1))
}

/**
 * Work that proves itself: signed on a phone the office knows. Whether it knows the phone that a carried
 * one comes from is found out by asking.
 */
export async function provesItself(): Promise<(row: ItemRow) => boolean> {
  const isEnrolled = (await readMeta('is_enrolled')) === true
  return (row) => row.envelope.signature !== null && (row.carried === true || isEnrolled)
}

function isDue(row: ItemRow | PhotoRow, retriesRefused: boolean): boolean {
  return retriesRefused || !row.refused || isRefusalOver(row.refused)
}

/** Nothing that came in a file goes before what was done on this phone. */
function byOwner(left: ItemRow | PhotoRow, right: ItemRow | PhotoRow): number {
  return Number(left.carried === true) - Number(right.carried === true)
}

function byAge(left: ItemRow, right: ItemRow): number {
  return left.envelope.seq - right.envelope.seq || left.saved_at.localeCompare(right.saved_at)
}
