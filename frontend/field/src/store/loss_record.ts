const KEY = 'ruhu-kept'

/** What is known beside the store about the store: numbers and the device's id, nobody's words. */
export type KeptRecord = {
  device_id: string
  seq: number
  /** Numbers of items without a receipt. */
  open: number[]
  drafts: number
  photos: number
  people: number
  keys: number
}

export function readRecord(): KeptRecord | null {
  try {
    const record = JSON.parse(localStorage.getItem(KEY) ?? 'null') as KeptRecord | null
    return typeof record?.device_id === 'string' && Array.isArray(record.open) ? record : null
  } catch {
    return null
  }
}

/** A browser without this second place only finds losses that the store itself shows. */
export function writeRecord(record: KeptRecord): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(record))
  } catch {
    return
  }
}

let running = 0
let deletions = 0

/**
 * Deletes on purpose. The numbers go down before and come back after, so that a phone killed in between
 * does not take it for a loss.
 */
export async function whileLess<T>(work: () => Promise<T>): Promise<T> {
  running += 1
  const record = readRecord()
  if (record) writeRecord({ ...record, drafts: 0, photos: 0 })
  try {
    return await work()
  } finally {
    running -= 1
    deletions += 1
  }
}

/** Writes what `count` found, unless something was being deleted meanwhile: it will be counted again. */
export async function recordCounted(count: () => Promise<KeptRecord | null>): Promise<void> {
  const before = deletions
  const record = await count()
  if (record && running === 0 && deletions === before) writeRecord(record)
}
