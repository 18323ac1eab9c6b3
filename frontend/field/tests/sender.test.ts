import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishVisit, reportUrgent } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { asOnlySender } from '../src/sync/lock'
import { onSyncChange, startSync, syncNow, type SyncState } from '../src/sync/sender'
import { sampleBytes } from './support/sample'
import { freshWorld } from './support/world'

const world = freshWorld()

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not come about within 5 s')
}

test('without being asked, finished work goes out and screens hear of every step', async () => {
  const phases: SyncState['phase'][] = []
  const stop = onSyncChange((state) => phases.push(state.phase))
  startSync()
  await saveAnswers('case-1', { living_size: 4 })
  await keepPhoto({
    caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(150_000))
  await finishVisit('case-1')
  await until(() => [...world.server.tus.uploads.values()].some((one) => one.picture?.length === 150_000))
  await until(() => phases[phases.length - 1] === 'idle')
  stop()
  expect(phases).toEqual(expect.arrayContaining(['depositing', 'pulling', 'uploading']))
})

test('an urgent report made while photos go up does not wait for all of them', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  for (let count = 1; count <= 4; count += 1) {
    await keepPhoto({
      caseId: 'case-1', purpose: 'visit', kind: `k${count}`, takenAt: '2026-07-08T01:00:00Z', source: 'camera',
    }, sampleBytes(90_000, count))
  }
  let isReported = false
  world.server.fault = (request) => {
    if (request.method === 'PATCH' && !isReported) {
      isReported = true
      void reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
    }
    return undefined
  }
  await finishVisit('case-1')
  await until(async () => {
    const photos = await (await openStore()).getAll('photos')
    return world.server.stored.size === 2 && photos.length === 4 && photos.every((photo) => photo.receipt)
  })
  const order = world.server.requests.filter((line) => /inbox$|POST .*uploads$/.test(line))
  const second = order.findIndex((line, index) => index > 0 && line.endsWith('/inbox'))
  expect(second).toBeGreaterThan(0)
  expect(order.slice(second).some((line) => line.endsWith('/uploads'))).toBe(true)
})

test('while one window sends, another one does not', async () => {
  let release = (): void => {}
  const first = asOnlySender(() => new Promise<string>((resolve) => {
    release = () => resolve('sent')
  }))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await asOnlySender(async () => 'sent too')).toBeNull()
  expect((await syncNow()).ok).toBe(false)
  release()
  expect(await first).toBe('sent')
  expect(await asOnlySender(async () => 'now')).toBe('now')
})
