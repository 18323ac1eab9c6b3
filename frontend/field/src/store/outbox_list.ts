import type { ItemKind } from '../contract/api'
import { sentBytesOf, isInFlight } from '../sync/progress'
import { openStore } from './db'
import type { ItemRow, PhotoRow } from './rows'
import { requireSession } from './session'

export type ItemState = 'waiting' | 'sending' | 'received' | 'accepted' | 'needs_person'
export type Item = {
  id: string; kind: ItemKind; caseId: string; title: string; state: ItemState
  receiptNo?: string; receivedAt?: string
  /** A stable code, or the server's own sentence when it gave one. */
  reason?: string
  savedAt: string
}
export type OutboxPhoto = {
  id: string; kind: string; state: 'waiting' | 'sending' | 'received'; sentBytes: number; size: number
  reason?: string
}
export type OutboxEntry = { item: Item; photos: OutboxPhoto[] }

/** Everything this person finished on this phone and that is still kept, newest first. */
export async function listOutbox(): Promise<OutboxEntry[]> {
  const { user } = await requireSession()
  const tx = (await openStore()).transaction(['items', 'photos'])
  const items = await tx.objectStore('items').index('by_user').getAll(user.id)
  const photos = await tx.objectStore('photos').index('by_user').getAll(user.id)
  return items
    .sort((left, right) => (left.saved_at < right.saved_at ? 1 : -1))
    .map((item) => ({
      item: asItem(item),
      photos: photos.filter((photo) => photo.item_id === item.id).map(asPhoto),
    }))
}

/** Items and photos without a verified receipt, and items that need the person. */
export async function outboxCount(): Promise<{ items: number; photos: number; needsPerson: number }> {
  const entries = await listOutbox()
  return {
    items: entries.filter(({ item }) => item.receiptNo === undefined).length,
    photos: entries.flatMap((entry) => entry.photos).filter((photo) => photo.state !== 'received').length,
    needsPerson: entries.filter(({ item }) => item.state === 'needs_person').length,
  }
}

export function asItem(row: ItemRow): Item {
  const reason = row.refused ? row.refused.message || row.refused.code : row.verdict?.reason
  return {
    id: row.id, kind: row.kind, caseId: row.case_id, title: row.title, state: itemState(row),
    savedAt: row.saved_at,
    ...(row.receipt && { receiptNo: row.receipt.receipt_no, receivedAt: row.receipt.received_at }),
    ...(reason && { reason }),
  }
}

function itemState(row: ItemRow): ItemState {
  if (!row.receipt) return isInFlight(row.id) ? 'sending' : row.refused ? 'needs_person' : 'waiting'
  if (row.verdict?.verdict === 'applied') return 'accepted'
  return row.verdict?.verdict === 'quarantined' ? 'needs_person' : 'received'
}

function asPhoto(row: PhotoRow): OutboxPhoto {
  const state = row.receipt ? 'received' : isInFlight(row.id) ? 'sending' : 'waiting'
  const sentBytes = row.receipt ? row.size : Math.max(row.sent_bytes, sentBytesOf(row.id))
  const reason = row.refused ? { reason: row.refused.message || row.refused.code } : {}
  return { id: row.id, kind: row.kind, state, sentBytes, size: row.size, ...reason }
}
