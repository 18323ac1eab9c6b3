import type { ItemKind } from '../contract/api'
import { isInFlight, sentBytesOf } from '../sync/progress'
import { openBoxOr } from './box'
import { openStore } from './db'
import { rowsOf } from './held'
import { rowPlace } from './places'
import { asksPerson } from './refusal'
import type { DraftPurpose, DraftRow, ItemRow, NoteRow, PhotoRow } from './rows'
import { requireSession } from './session'
import { isUnlocked } from './vault_state'

export type ItemState = 'waiting' | 'sending' | 'received' | 'accepted' | 'needs_person'
/** What helps when something needs the person. */
export type Todo = 'send_again' | 'note_gone' | 'ask_office'
export type Item = {
  id: string; kind: ItemKind; caseId: string; title: string; state: ItemState
  receiptNo?: string; receivedAt?: string
  /** A stable code, or the server's own sentence when it gave one. */
  reason?: string
  todo?: Todo
  savedAt: string
}
export type OutboxPhoto = {
  id: string; kind: string; state: 'waiting' | 'sending' | 'received' | 'needs_person' | 'gone'
  sentBytes: number; size: number
  receiptNo?: string; receivedAt?: string; reason?: string; todo?: Todo
}
export type OutboxEntry = { item: Item; photos: OutboxPhoto[] }
/** Something begun and not finished. */
export type DraftEntry = { caseId: string; purpose: DraftPurpose; photos: number; savedAt: string }
/** Items and photos without a verified receipt; both kinds that need the person; what is unfinished. */
export type OutboxCount = { drafts: number; items: number; photos: number; needsPerson: number }
export type Outbox = {
  drafts: DraftEntry[]; entries: OutboxEntry[]; count: OutboxCount
  /** Work of others, brought in a rescue file, that still waits here. */
  carried: { items: number; photos: number }
}

/** All of one person's work on this phone that is kept, in one look; locked, without its titles. */
export async function outboxOf(userId: string): Promise<Outbox> {
  const tx = (await openStore()).transaction(['items', 'photos', 'drafts', 'notes'])
  const [items, photos, drafts, notes] = await Promise.all([
    tx.objectStore('items').getAll(), tx.objectStore('photos').getAll(),
    tx.objectStore('drafts').index('by_user').getAll(userId), tx.objectStore('notes').getAll(rowsOf(userId)),
  ])
  const isOwn = (row: ItemRow | PhotoRow): boolean => row.user_id === userId && !row.carried
  const own = photos.filter(isOwn)
  // What is on the wire is looked at together with the rows, before anything is waited for.
  const entries = await Promise.all(items.filter(isOwn).sort(newestFirst).map(async (row) => {
    const sent = own.filter((photo) => photo.item_id === row.id).map(asPhoto)
    return { item: await asItem(row), photos: sent }
  }))
  const begun = draftEntries(drafts, notes, own.filter((photo) => photo.item_id === null))
  const isCarried = (row: ItemRow | PhotoRow): boolean => row.carried === true && !row.receipt && !('gone_at' in row && row.gone_at)
  const carried = { items: items.filter(isCarried).length, photos: photos.filter(isCarried).length }
  return { drafts: begun, entries, count: countOf(entries, begun), carried }
}

/** Everything this person finished on this phone and that is still kept, newest first. */
export async function listOutbox(): Promise<OutboxEntry[]> {
  return (await outboxOf((await requireSession()).user.id)).entries
}

export async function outboxCount(): Promise<OutboxCount> {
  return (await outboxOf((await requireSession()).user.id)).count
}

export async function asItem(row: ItemRow): Promise<Item> {
  const reason = row.refused ? row.refused.message || row.refused.code : row.verdict?.reason
  const state = itemState(row)
  return {
    id: row.id, kind: row.kind, caseId: row.case_id, title: await titleOf(row), state, savedAt: row.saved_at,
    ...(row.receipt && { receiptNo: row.receipt.receipt_no, receivedAt: row.receipt.received_at }),
    ...(reason && { reason }),
    ...(state === 'needs_person' && { todo: row.receipt ? 'ask_office' as const : 'send_again' as const }),
  }
}

async function titleOf(row: ItemRow): Promise<string> {
  if (!isUnlocked(row.user_id)) return ''
  return typeof row.title === 'string' ? row.title : openBoxOr(row.title, rowPlace('items', row), '')
}

function itemState(row: ItemRow): ItemState {
  if (!row.receipt) return isInFlight(row.id) ? 'sending' : row.refused && asksPerson(row.refused) ? 'needs_person' : 'waiting'
  if (row.verdict?.verdict === 'applied') return 'accepted'
  return row.verdict?.verdict === 'quarantined' ? 'needs_person' : 'received'
}

function asPhoto(row: PhotoRow): OutboxPhoto {
  const state = row.receipt ? 'received' : row.gone_at ? 'gone' : isInFlight(row.id) ? 'sending' : row.refused && asksPerson(row.refused) ? 'needs_person' : 'waiting'
  // What travels is a little more than the picture.
  const sentBytes = row.receipt ? row.size : Math.min(row.size, Math.max(row.sent_bytes, sentBytesOf(row.id)))
  return {
    id: row.id, kind: row.kind, state, sentBytes, size: row.size,
    ...(row.receipt && { receiptNo: row.receipt.receipt_no, receivedAt: row.receipt.received_at }),
    ...(row.refused && { reason: row.refused.message || row.refused.code }),
    ...(state === 'needs_person' && { todo: row.refused!.code === 'photo_not_here' ? 'note_gone' : 'send_again' }),
  }
}

function draftEntries(drafts: DraftRow[], notes: NoteRow[], photos: PhotoRow[]): DraftEntry[] {
  const begun = new Map<string, DraftEntry>()
  const add = (caseId: string, purpose: DraftPurpose, savedAt: string, photoCount: number): void => {
    const known = begun.get(`${purpose} ${caseId}`)
    begun.set(`${purpose} ${caseId}`, {
      caseId, purpose, photos: (known?.photos ?? 0) + photoCount,
      savedAt: known && known.savedAt > savedAt ? known.savedAt : savedAt,
    })
  }
  for (const row of drafts) add(row.case_id, 'visit', row.updated_at, 0)
  for (const row of notes) add(row.case_id, row.purpose, row.updated_at, 0)
  for (const row of photos) add(row.case_id, row.purpose, row.added_at, 1)
  return [...begun.values()].sort((left, right) => (left.savedAt < right.savedAt ? 1 : -1))
}

function countOf(entries: OutboxEntry[], drafts: DraftEntry[]): OutboxCount {
  const photos = entries.flatMap((entry) => entry.photos)
  const all = [...entries.map((entry) => entry.item), ...photos]
  return {
    drafts: drafts.length,
    items: entries.filter(({ item }) => item.receiptNo === undefined).length,
    photos: photos.filter(isOpenPhoto).length,
    needsPerson: all.filter((one) => one.state === 'needs_person').length,
  }
}

/** Neither received nor noted as gone. */
export function isOpenPhoto({ state }: OutboxPhoto): boolean {
  return state !== 'received' && state !== 'gone'
}

function newestFirst(left: ItemRow, right: ItemRow): number {
  return left.saved_at < right.saved_at ? 1 : -1
}
