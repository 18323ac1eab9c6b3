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

/** Before anything is deleted on purpose: a phone killed in between must not take it for a loss. */
export function expectLess(): void {
  const record = readRecord()
  if (record) writeRecord({ ...record, drafts: 0, photos: 0 })
}
