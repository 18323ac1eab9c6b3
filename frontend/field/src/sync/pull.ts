import type { ChangesAnswer } from '../contract/api'
import { PhoneProblem } from '../problem'
import { applyChanges, knownRevisions } from '../store/cases'
import { sampleServerTime } from '../store/clock'
import { openStore } from '../store/db'
import type { Session } from '../store/session'
import { storageGauge } from '../store/storage_gauge'
import { callApi } from './http'

/** Brings this person's cases and the verdicts of the items up to date. @throws PhoneProblem */
export async function pullChanges(session: Session): Promise<void> {
  const sentAt = Date.now()
  const body = {
    known: await knownRevisions(session.user.id),
    items: await itemsWithoutVerdict(session.user.id),
    heartbeat: await heartbeat(session),
  }
  const answer = await callApi('POST', '/changes', body)
  if (!isChanges(answer)) throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  await applyChanges(session.user.id, answer)
}

async function itemsWithoutVerdict(userId: string): Promise<string[]> {
  const rows = await (await openStore()).getAllFromIndex('items', 'by_user', userId)
  const isOpen = (verdict: string | undefined): boolean => verdict !== 'applied' && verdict !== 'quarantined'
  return rows.filter((row) => row.receipt && isOpen(row.verdict?.verdict)).map((row) => row.id)
}

async function heartbeat(session: Session): Promise<Record<string, unknown>> {
  const db = await openStore()
  const items = await db.getAllFromIndex('items', 'by_user', session.user.id)
  const photos = await db.getAllFromIndex('photos', 'by_user', session.user.id)
  const gauge = await storageGauge()
  return {
    device_id: session.deviceId,
    captured: items.length,
    unsent: items.filter((row) => !row.receipt).length,
    photos_waiting: photos.filter((row) => row.item_id && !row.receipt).length,
    app_version: __APP_VERSION__,
    storage_used: gauge.used,
    storage_quota: gauge.quota,
    device_time: new Date().toISOString(),
  }
}

function isChanges(answer: unknown): answer is ChangesAnswer {
  const candidate = answer as Partial<ChangesAnswer> | null
  return Array.isArray(candidate?.cases) && Array.isArray(candidate.gone)
    && typeof candidate.verdicts === 'object' && candidate.verdicts !== null
    && typeof candidate.epoch === 'string'
}
