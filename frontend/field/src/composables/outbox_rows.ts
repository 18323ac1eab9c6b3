import type { TagKind } from '../components/StatusTag.vue'
import type { PhoneProblemCode } from '../problem'
import type { DraftEntry, Item, Outbox, OutboxEntry, OutboxPhoto, Todo } from '../store/outbox_list'
import { common, problems } from '../strings'
import { outbox as w } from '../strings_phone'
import { isUnsent, needsPerson } from './outbox_counts'
import { momentText } from './time'
import type { Waiting } from './waiting'

export type Tone = 'ok-c' | 'out-c' | 'back-c' | 'quiet'
/** One part of a household's work with a state of its own. */
export type Part = { key: string; icon: string; tone: Tone; label: string; right: string; reason: string; ask: Ask | null; isInner?: boolean }
/** What the person can do about it; a `receipt` is what the office finds it by. */
export type Ask = { todo: Todo; id: string; reason: string; receipt: string }
export type Receipts = { key: string; label: string; numbers: string; at: string }
export type Household = {
  caseId: string; name: string; tag: { kind: TagKind; text: string } | null; parts: Part[]; summary: string
  receipts: Receipts[]; draft: DraftEntry | null
  isUnsent: boolean; needsPerson: boolean; savedAt: string
}
export type Households = { here: Household[]; begun: Household[]; got: Household[]; waiting: number }

/** The phone's own reasons are kept as codes, the server's as sentences. */
function reasonOf(part: Item | OutboxPhoto): string {
  return problems[part.reason as PhoneProblemCode] ?? part.reason ?? ''
}

/** What the office finds each part by; a group of photos has a number each. */
function receiptsOf({ item, photos }: OutboxEntry): Receipts[] {
  const got = photos.filter((photo) => photo.receiptNo && photo.receivedAt)
  const latest = got.map((photo) => photo.receivedAt!).sort().pop()
  return [
    ...(item.receiptNo && item.receivedAt ? [{ key: item.id, label: w.kinds[item.kind], numbers: item.receiptNo, at: momentText(item.receivedAt) }] : []),
    ...(latest ? [{ key: `${item.id}-photos`, label: w.photosTaken(got.length), numbers: got.map((photo) => photo.receiptNo).join(common.join), at: momentText(latest) }] : []),
  ]
}

function askOf(part: Item | OutboxPhoto, item: Item): Ask | null {
  if (!part.todo) return null
  return { todo: part.todo, id: part.id, reason: reasonOf(part) || w.needsPerson, receipt: part.receiptNo ?? item.receiptNo ?? '' }
}

function itemPart(item: Item): Part {
  const label = w.kinds[item.kind]
  const isBad = item.state === 'needs_person'
  // What the server failed at goes again by itself.
  const reason = item.state === 'waiting' && item.reason ? w.serverLater : reasonOf(item) || (isBad ? w.needsPerson : '')
  const saved = w.savedAt(momentText(item.savedAt))
  const rest = { key: item.id, label, reason, ask: askOf(item, item) }
  if (item.receivedAt) {
    const at = momentText(item.receivedAt)
    const right = item.state === 'accepted' ? w.acceptedAt(at) : w.receivedAt(at)
    return { ...rest, icon: isBad ? 'return' : 'received', tone: isBad ? 'back-c' : 'ok-c', right }
  }
  const isGoing = item.state === 'sending'
  return { ...rest, icon: isBad ? 'return' : isGoing ? 'cloud-up' : 'device', tone: isBad ? 'back-c' : 'out-c', right: isGoing ? w.tagSending : saved }
}

const percentOf = (photo: OutboxPhoto): number => (photo.size ? Math.floor((photo.sentBytes / photo.size) * 100) : 0)

/** The photos together; each apart, too, as soon as one stands elsewhere than another. */
function photoParts(item: Item, photos: OutboxPhoto[]): Part[] {
  if (!photos.length) return []
  const alive = photos.filter((photo) => photo.state !== 'gone')
  const got = alive.filter((photo) => photo.state === 'received').length
  const isGoing = photos.some((photo) => photo.state === 'sending')
  const isBad = photos.some((photo) => photo.state === 'needs_person')
  const isAll = got === alive.length
  const gone = photos.length - alive.length
  const all: Part = {
    key: `${item.id}-photos`, icon: isBad ? 'return' : isAll ? 'received' : isGoing ? 'cloud-up' : 'device', tone: isBad ? 'back-c' : isAll ? 'ok-c' : 'out-c',
    label: [w.photosLine(got, alive.length), ...(gone ? [w.photosGone(gone)] : [])].join(common.join), right: got && !isAll && !isGoing ? w.queued : '', reason: '', ask: null,
  }
  const states = new Set(photos.map((photo) => `${photo.state} ${photo.reason ?? ''} ${photo.state === 'received' ? 0 : photo.sentBytes}`))
  const isOne = states.size === 1 && !isBad && !isGoing && !photos.some((photo) => photo.reason || (photo.state === 'waiting' && photo.sentBytes))
  return isOne ? [all] : [all, ...photos.map((photo, at) => photoPart(item, photo, at + 1))]
}

const PHOTO_LOOKS = {
  waiting: ['device', 'out-c'], sending: ['cloud-up', 'out-c'], received: ['received', 'ok-c'], needs_person: ['return', 'back-c'], gone: ['x', 'quiet'],
} as const

function photoPart(item: Item, photo: OutboxPhoto, number: number): Part {
  const [icon, tone] = PHOTO_LOOKS[photo.state]
  // A picture that broke off half-way says how far it is; it goes on from there.
  const isBegun = photo.state === 'sending' || (photo.state === 'waiting' && photo.sentBytes > 0)
  const words = { waiting: w.queued, sending: '', received: w.receivedAt(momentText(photo.receivedAt ?? '')), needs_person: w.tagLook, gone: w.photoGone }
  const reason = photo.state === 'needs_person' ? reasonOf(photo) || w.needsPerson : photo.state === 'waiting' && photo.reason ? w.serverLater : ''
  return {
    key: photo.id, icon, tone, label: w.photoNo(number), right: isBegun ? w.photoGoing(percentOf(photo)) : words[photo.state], reason, ask: askOf(photo, item), isInner: true,
  }
}

function draftPart(draft: DraftEntry): Part {
  const photos = draft.photos ? common.join + w.photosTaken(draft.photos) : ''
  return { key: `draft-${draft.caseId}-${draft.purpose}`, icon: 'pen', tone: 'quiet', label: w.kinds[draft.purpose] + photos, right: w.unfinished, reason: '', ask: null }
}

function tagOf(entries: OutboxEntry[], isOpen: boolean, waiting: Waiting): Household['tag'] {
  const parts = entries.flatMap(({ item, photos }) => [item, ...photos])
  if (!parts.length) return null
  if (parts.some((part) => part.state === 'needs_person')) return { kind: 'returned', text: w.tagLook }
  if (parts.some((part) => part.state === 'sending')) return { kind: 'outbox', text: w.tagSending }
  if (isOpen) return { kind: 'outbox', text: w.waits[waiting] }
  return { kind: 'received', text: entries.every(({ item }) => item.state === 'accepted') ? w.tagAccepted : w.tagReceived }
}

export function householdOf(caseId: string, entries: OutboxEntry[], drafts: DraftEntry[], name: string, waiting: Waiting = 'line'): Household {
  const isOpen = entries.some(isUnsent)
  const parts = entries.flatMap(({ item, photos }) => [itemPart(item), ...photoParts(item, photos)])
  const receipts = entries.flatMap(receiptsOf)
  return {
    caseId, name, tag: tagOf(entries, isOpen, waiting), parts: [...parts, ...drafts.map(draftPart)], receipts,
    summary: parts.filter((part) => !part.isInner).map((part) => `${part.label} ${part.right}`.trim()).join(common.join), draft: drafts[0] ?? null,
    isUnsent: isOpen, needsPerson: entries.some(needsPerson),
    savedAt: [...entries.map(({ item }) => item.savedAt), ...drafts.map((draft) => draft.savedAt)].sort().pop() ?? '',
  }
}

/** The outbox as it is shown: a household first, then its parts. */
export function householdsOf({ entries, drafts }: Pick<Outbox, 'entries' | 'drafts'>, names: Map<string, string>, waiting: Waiting = 'line'): Households {
  const ids = new Set([...entries.map(({ item }) => item.caseId), ...drafts.map((draft) => draft.caseId)])
  const all = [...ids].map((caseId) => {
    const own = entries.filter(({ item }) => item.caseId === caseId)
    const title = own.map(({ item }) => item.title).find(Boolean)
    return householdOf(caseId, own, drafts.filter((draft) => draft.caseId === caseId), names.get(caseId) ?? title ?? w.someone, waiting)
  }).sort((left, right) => (left.savedAt < right.savedAt ? 1 : -1))
  const here = all.filter((one) => one.isUnsent || one.needsPerson)
  const rest = all.filter((one) => !here.includes(one))
  // What is still being written is not done, whatever came of it before.
  const begun = rest.filter((one) => one.draft).map((one) => ({ ...one, tag: null }))
  return { here, begun, got: rest.filter((one) => !one.draft), waiting: here.filter((one) => one.isUnsent).length }
}
