import { openStore } from '../../src/store/db'
import { saveAnswers } from '../../src/store/drafts'
import { finishVisit, reportUrgent } from '../../src/store/outbox'
import { keepPhoto } from '../../src/store/photos'
import { deviceId } from '../../src/store/session'
import { sampleBytes } from './sample'

export const URGENT = { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }

export async function photo(size: number, seed = 1): Promise<string> {
  const kept = await keepPhoto({
    caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(size, seed))
  return kept.id
}

export type Work = { visit: string; urgent: string; photoId: string; draftPhoto: string; device: string }

/** A finished visit with a photo, a report, and a form that is begun again with a photo of its own. */
export async function unsentWork(): Promise<Work> {
  await saveAnswers('case-1', { living_size: 4 })
  const photoId = await photo(120_000)
  const visit = (await finishVisit('case-1')).id
  const urgent = (await reportUrgent('case-1', URGENT)).id
  await saveAnswers('case-1', { living_size: 5 })
  return { visit, urgent, photoId, draftPhoto: await photo(5_000, 2), device: await deviceId() }
}

export async function snapshot(): Promise<string> {
  const db = await openStore()
  return JSON.stringify(await Promise.all((['items', 'photos', 'chunks'] as const).map((name) => db.count(name))))
}
