import type { ItemKind } from '../contract/api'
import type { PhotoAnswer } from '../rules/form_shape'

export type ItemState = 'waiting' | 'sending' | 'received' | 'accepted' | 'needs_person'
export type Item = {
  id: string; kind: ItemKind; caseId: string; title: string; state: ItemState
  receiptNo?: string; receivedAt?: string; reason?: string; savedAt: string
}
export type OutboxPhoto = {
  id: string; kind: string; state: 'waiting' | 'sending' | 'received'; sentBytes: number; size: number
}
export type OutboxEntry = { item: Item; photos: OutboxPhoto[] }
export type ObservationInput = {
  observed_at: string; text: string; facts: Record<string, unknown>; photos?: PhotoAnswer[]
}
export type AttemptInput = { attempted_at: string; result: string; reason: string; witness: string }
export type UrgentInput = { reported_at: string; text: string }

/** One strict transaction: the draft becomes an item, its photos belong to it. */
export async function finishVisit(_caseId: string): Promise<Item> {
  throw new Error('not built yet')
}
export async function finishObservation(_caseId: string, _input: ObservationInput): Promise<Item> {
  throw new Error('not built yet')
}
export async function finishAttempt(_caseId: string, _input: AttemptInput): Promise<Item> {
  throw new Error('not built yet')
}
export async function reportUrgent(_caseId: string, _input: UrgentInput): Promise<Item> {
  throw new Error('not built yet')
}
export async function listOutbox(): Promise<OutboxEntry[]> {
  return []
}
/** Items and photos without a verified receipt. */
export async function outboxCount(): Promise<{ items: number; photos: number; needsPerson: number }> {
  return { items: 0, photos: 0, needsPerson: 0 }
}
