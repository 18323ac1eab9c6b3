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
