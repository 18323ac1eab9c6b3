import { expect, test } from 'vitest'
import { openStore, STORE_VERSION, writeOnce } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { saveNote } from '../src/store/notes'
import { finishObservation, finishVisit, reportUrgent } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { takeBackDrafts } from '../src/store/recovered'
import { syncNow } from '../src/sync/sender'
import { sampleBytes, sampleCase, USER } from './support/sample'
import { writeFixture } from './support/store_dump'
import { enterAs, freshPhone, freshWorld } from './support/world'

const world = freshWorld()
const photo = (caseId: string, kind: string) => ({
  caseId, purpose: 'visit' as const, kind, takenAt: '2026-07-08T01:00:00Z', source: 'camera' as const,
})

/** Run once when STORE_VERSION is raised, with the program that raised it; the file then stays as it is. */
test.runIf(process.env.WRITE_STORE_FIXTURE)('write the fixture of this store version', async () => {
  await freshPhone()
  const restore = lettingKeysOut()
  await enterAs('grid01')
  restore()
  world.server.cases = [1, 2, 3, 4].map((at) => sampleCase({ id: `case-${at}`, number: `ZJC-2026-000${at}`, revision: 2 + at }))
  await syncNow()
  await receivedWork()
  await waitingWork()
  await unfinishedWork()
  await writeFixture(STORE_VERSION, world.server.opener)
  expect(await (await openStore()).count('items')).toBe(4)
})

async function receivedWork(): Promise<void> {
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
  await saveAnswers('case-1', { living_size: 4, head_name: '马占海' })
  await keepPhoto(photo('case-1', 'house'), sampleBytes(3_000, 1))
  await finishVisit('case-1')
  for (let round = 0; round < 2; round += 1) await syncNow()
}

async function waitingWork(): Promise<void> {
  world.server.fault = () => 'drop_before'
  await saveAnswers('case-2', { living_size: 5, coping: 'unable' })
  await keepPhoto(photo('case-2', 'house'), sampleBytes(50_000, 2))
  await keepPhoto(photo('case-2', 'room'), sampleBytes(1_000, 3))
  await finishVisit('case-2')
  await finishObservation('case-3', { observed_at: '2026-07-08T01:00:00Z', text: '院里有牛', facts: { cattle: 2 } })
}

async function unfinishedWork(): Promise<void> {
  await saveAnswers('case-3', { living_size: 6, hardship_words: '药钱太重' })
  await keepPhoto(photo('case-3', 'kitchen'), sampleBytes(2_500, 4))
  await saveNote('case-3', 'attempt', { reason: '锁着门' })
  await saveNote('case-2', 'urgent', { text: '水进屋了' })
  await keepPhoto(photo('case-4', 'house'), sampleBytes(2_000, 5))
  await takeBackDrafts(USER.id, [{
    id: 'back-1', case_id: 'case-3', purpose: 'visit', base_revision: 3, started_at: null,
    saved_at: '2026-07-07T02:00:00Z', fields: { living_size: 9 },
  }])
  await writeOnce(['meta'], async (tx) => tx.objectStore('meta').put({ key: 'last_contact_at', value: '2026-07-08T01:00:00Z' }))
}

/** The phone's keys cannot be written to a file; for this one they are made so that they can. */
function lettingKeysOut(): () => void {
  const kept = crypto.subtle.generateKey
  crypto.subtle.generateKey = ((algorithm: any, _isExtractable: boolean, usages: KeyUsage[]) =>
    kept.call(crypto.subtle, algorithm, true, usages)) as typeof kept
  return () => {
    crypto.subtle.generateKey = kept
  }
}
