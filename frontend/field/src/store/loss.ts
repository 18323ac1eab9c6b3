import { openStore, type Store } from './db'
import { readRecord, recordCounted, type KeptRecord } from './loss_record'
import { readMeta } from './meta'
import { nameTorn, tornPhotos } from './photo_gone'
import { onStoreChange } from './signal'
import { handInOrphans } from './vault_wipe'

/** What of this phone's work is missing, the gravest first. */
export type Loss =
  /** The browser's whole store: cleared, or a new one in its place. */
  | { kind: 'all'; items: number; drafts: number; photos: number }
  | { kind: 'unreadable' }
  /** One store of it: missing, unreadable or emptied. */
  | { kind: 'store'; store: string; count: number }
  /** Finished items without a receipt, by their numbers. */
  | { kind: 'items'; seqs: number[] }
  /** Photos that lack pieces and were not received yet. */
  | { kind: 'chunks'; photos: { id: string; caseId: string; kind: string }[] }

const NAMES = [
  'meta', 'cases', 'drafts', 'notes', 'items', 'photos', 'chunks', 'people', 'keys', 'sealed_drafts',
  'recovered', 'notices',
] as const
type Kept = Omit<KeptRecord, 'device_id'> & { device_id: string | null }

/** Compares the store with itself and with the numbers kept beside it; null when all is there. */
export async function detectLoss(): Promise<Loss | null> {
  const db = await openStore().catch(() => null)
  if (!db) return { kind: 'unreadable' }
  const broken = await unreadableStore(db)
  if (broken) return { kind: 'store', store: broken, count: 0 }
  const record = readRecord()
  const kept = await countKept(db)
  return (record && lossBeside(record, kept, await deviceSeqs(db, record.device_id))) ?? lossOfPieces()
}

/**
 * Looks once, then keeps the numbers up to date. After a loss they stay as they were until
 * `acknowledgeLoss`, so that closing the page does not hide it.
 */
export async function watchForLoss(): Promise<Loss | null> {
  const loss = await detectLoss()
  held = loss
  stopWatching()
  stopWatching = onStoreChange(() => {
    if (!held) later()
  })
  if (!loss) await noteKept()
  return loss
}

/** The person has read it. Of a draft that is gone the sealed copy is handed in, and comes back. */
export async function acknowledgeLoss(): Promise<void> {
  const isOfDrafts = held?.kind === 'store' && ['drafts', 'notes'].includes(held.store)
  // Where nothing can be written, the next start tells more.
  if (isOfDrafts) await handInOrphans().catch(() => undefined)
  if (held?.kind === 'chunks') await nameTorn(held.photos.map(({ id }) => id)).catch(() => undefined)
  held = null
  await noteKept()
}

export async function noteKept(): Promise<void> {
  await recordCounted(async () => {
    const { device_id, ...kept } = await countKept(await openStore())
    return device_id ? { device_id, ...kept } : null
  })
}

let held: Loss | null = null
let stopWatching = (): unknown => undefined
let timer: ReturnType<typeof setTimeout> | undefined

function later(): void {
  clearTimeout(timer)
  // A store that cannot be counted is what the next start will tell.
  timer = setTimeout(() => void noteKept().catch(() => undefined), 0)
}

function lossBeside(record: KeptRecord, kept: Kept, seqs: Set<number>): Loss | null {
  const isOther = kept.device_id !== record.device_id
  if (isOther && kept.people < record.people) {
    return { kind: 'all', items: record.open.length, drafts: record.drafts, photos: record.photos }
  }
  if (isOther || kept.seq < record.seq) return { kind: 'store', store: 'meta', count: 1 }
  for (const store of ['keys', 'people'] as const) {
    if (kept[store] < record[store]) return { kind: 'store', store, count: record[store] - kept[store] }
  }
  const lost = record.open.filter((seq) => !seqs.has(seq))
  if (lost.length > 0) return { kind: 'items', seqs: lost }
  // Each item finished since may have ended one draft.
  const drafts = record.drafts - (kept.seq - record.seq) - kept.drafts
  if (drafts > 0) return { kind: 'store', store: 'drafts', count: drafts }
  const photos = record.photos - kept.photos
  return photos > 0 ? { kind: 'store', store: 'photos', count: photos } : null
}

async function countKept(db: Store): Promise<Kept> {
  const items = await db.getAll('items')
  return {
    device_id: await readMeta('device_id'), seq: (await readMeta('seq')) ?? 0,
    open: items.filter((item) => !item.receipt && !item.carried && item.envelope.seq > 0).map((item) => item.envelope.seq),
    drafts: (await db.count('drafts')) + (await db.count('notes')),
    photos: await db.count('photos'), people: await db.count('people'), keys: await db.count('keys'),
  }
}

async function deviceSeqs(db: Store, deviceId: string): Promise<Set<number>> {
  const items = await db.getAll('items')
  return new Set(items.filter((item) => item.envelope.device_id === deviceId).map((item) => item.envelope.seq))
}

/** The first store that is missing or cannot be read. */
async function unreadableStore(db: Store): Promise<string | null> {
  for (const name of NAMES) {
    const isThere = db.objectStoreNames.contains(name)
    const isRead = isThere && (await db.getAllKeys(name).then(() => true, () => false))
    if (!isRead) return name
  }
  return null
}

async function lossOfPieces(): Promise<Loss | null> {
  const torn = (await tornPhotos()).map(({ id, case_id, kind }) => ({ id, caseId: case_id, kind }))
  return torn.length > 0 ? { kind: 'chunks', photos: torn } : null
}
