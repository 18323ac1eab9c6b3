import { isOpenPhoto, type OutboxEntry } from '../store/outbox_list'

export function isUnsent(entry: OutboxEntry): boolean {
  return entry.item.receiptNo === undefined || entry.photos.some(isOpenPhoto)
}

export function needsPerson(entry: OutboxEntry): boolean {
  return [entry.item, ...entry.photos].some((one) => one.state === 'needs_person')
}

/** Of the households on this phone: those with something to hand in, and all that the list shows as still here. */
export function householdCounts(entries: OutboxEntry[]): { waiting: number; here: number } {
  const waiting = new Set(entries.filter(isUnsent).map((entry) => entry.item.caseId))
  const asking = entries.filter(needsPerson).map((entry) => entry.item.caseId)
  return { waiting: waiting.size, here: new Set([...waiting, ...asking]).size }
}
