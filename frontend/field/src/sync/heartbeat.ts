import { serverOffsetMs } from '../store/clock'
import { openStore } from '../store/db'
import { rowsOf } from '../store/held'
import { readMeta } from '../store/meta'
import { isToSend } from '../store/photo_gone'
import { deviceId } from '../store/session'
import { storageGauge } from '../store/storage_gauge'

const MOST_CASES = 200

export type Heartbeat = {
  device_id: string; author: string
  captured: number; unsent: number; photos_waiting: number; drafts: number
  /** The households whose finished visit is still only here: a walk in vain is no visit. */
  unsent_cases: string[]
  app_version: string; storage_used: number; storage_quota: number; device_time: string
  self_test: string | null
}

/**
 * Counts of one person's work on this phone. `leaving`: the items that travel with this heartbeat, so
 * that who reads it does not take them for missing.
 */
export async function heartbeatOf(author: string, leaving: ReadonlySet<string> = new Set()): Promise<Heartbeat> {
  const tx = (await openStore()).transaction(['items', 'photos', 'drafts', 'notes'])
  const [allItems, allPhotos, drafts, notes] = await Promise.all([
    tx.objectStore('items').index('by_user').getAll(author), tx.objectStore('photos').index('by_user').getAll(author),
    tx.objectStore('drafts').index('by_user').count(author), tx.objectStore('notes').count(rowsOf(author)),
  ])
  const items = allItems.filter((row) => !row.carried)
  const unsent = items.filter((row) => !row.receipt && !leaving.has(row.id))
  const visits = unsent.filter((row) => row.kind === 'visit')
  const gauge = await storageGauge()
  return {
    device_id: await deviceId(), author,
    captured: items.length, unsent: unsent.length,
    photos_waiting: allPhotos.filter((row) => isToSend(row) && !row.carried).length,
    drafts: drafts + notes,
    unsent_cases: [...new Set(visits.map((row) => row.case_id))].slice(0, MOST_CASES),
    app_version: __APP_VERSION__, storage_used: gauge.used, storage_quota: gauge.quota,
    device_time: new Date().toISOString(), self_test: (await readMeta('self_test')) ?? null,
  }
}

/** So long the office may wait for counts that are as they were: keeping them costs it a durable write. */
const AGAIN_MS = 10 * 60_000
const STORAGE_STEP = 32 * 1024 * 1024
const CLOCK_STEP_MS = 5 * 60_000
const toldLast = new Map<string, { mark: string; at: number }>()

export type News = { heartbeat?: Heartbeat; keep(): void }

/** The counts to send along, if they are news; `keep` when the server has heard them. */
export async function newsOf(author: string): Promise<News> {
  const heartbeat = await heartbeatOf(author)
  const mark = await markOf(heartbeat)
  const last = toldLast.get(author)
  // A clock that jumped back must not silence the phone.
  const age = Date.now() - (last?.at ?? 0)
  if (last?.mark === mark && age >= 0 && age < AGAIN_MS) return { keep: () => undefined }
  return { heartbeat, keep: () => void toldLast.set(author, { mark, at: Date.now() }) }
}

/** Something else was said of this person's work meanwhile: the next counts are news, whatever they are. */
export function forgetTold(author: string): void {
  toldLast.delete(author)
}

/** What somebody at a desk would see change. */
async function markOf({ device_time: _now, storage_used, storage_quota, ...rest }: Heartbeat): Promise<string> {
  const steps = [storage_used, storage_quota].map((bytes) => Math.floor(bytes / STORAGE_STEP))
  return JSON.stringify([rest, steps, Math.round((await serverOffsetMs()) / CLOCK_STEP_MS)])
}
