import { expect, test, vi } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { acknowledgeLoss, detectLoss, watchForLoss } from '../src/store/loss'
import { finishVisit, listOutbox, outboxCount } from '../src/store/outbox'
import { noteGone } from '../src/store/photo_gone'
import { keepPhoto, listPhotos, removePhoto } from '../src/store/photos'
import { purgeReceived } from '../src/store/purge'
import { rescueContents } from '../src/store/rescue'
import { photoCounts } from '../src/sync/counts'
import { heartbeatOf } from '../src/sync/heartbeat'
import { syncNow } from '../src/sync/sender'
import { OTHER_USER, sampleBytes, USER } from './support/sample'
import { OTHER_PIN } from './support/seeded'
import { enterAs, freshWorld, restartPhone } from './support/world'

const world = freshWorld()

async function photo(seed: number): Promise<string> {
  return (await keepPhoto(
    { caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' }, sampleBytes(60_000, seed),
  )).id
}

/** A finished visit of two photos, the first without one of its pieces. */
async function tornVisit(): Promise<string[]> {
  await saveAnswers('case-1', { living_size: 4 })
  const ids = [await photo(1), await photo(2)]
  await finishVisit('case-1')
  await (await openStore()).delete('chunks', [ids[0]!, 0])
  return ids
}

const photoStates = async (): Promise<string[]> => (await listOutbox())[0]!.photos.map((one) => one.state)

test('a lost photo that its person noted ends: no loss, no count, no phone that waits, and it leaves in time', async () => {
  const [lost] = await tornVisit()
  await syncNow()
  expect((await listOutbox())[0]!.photos[0]).toMatchObject({ state: 'needs_person', todo: 'note_gone' })
  expect((await heartbeatOf(USER.id)).photos_waiting).toBe(1)
  await noteGone(lost!)
  expect(await photoStates()).toEqual(['gone', 'received'])
  expect(await outboxCount()).toEqual({ drafts: 0, items: 0, photos: 0, needsPerson: 0 })
  expect((await heartbeatOf(USER.id)).photos_waiting).toBe(0)
  expect(await photoCounts(USER.id)).toEqual({ done: 0, total: 0 })
  expect(await rescueContents()).toEqual({ items: 0, photos: 0 })
  await restartPhone()
  expect(await detectLoss()).toBeNull()
  world.server.requests.length = 0
  await syncNow()
  expect(world.server.requests.filter((line) => line.includes('/uploads'))).toEqual([])
  expect(await purgeReceived(Date.now() + 31 * 86_400_000)).toBe(1)
  expect(await (await openStore()).count('photos')).toBe(0)
})

test('only one\'s own finished photo that lacks pieces can be noted as gone', async () => {
  const [lost, whole] = await tornVisit()
  await saveAnswers('case-1', { living_size: 5 })
  const begun = await photo(3)
  await (await openStore()).delete('chunks', [begun, 0])
  for (const id of [whole!, begun, 'nobody']) await expect(noteGone(id)).rejects.toMatchObject({ code: 'photo_not_here' })
  world.server.user = OTHER_USER
  await enterAs(OTHER_USER.username, OTHER_PIN)
  await expect(noteGone(lost!)).rejects.toMatchObject({ code: 'photo_not_here' })
  expect((await (await openStore()).getAll('photos')).some((row) => row.gone_at)).toBe(false)
})

test('what was read as lost stands in the outbox with its way out at once, without a network', async () => {
  const beside = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => beside.get(key) ?? null, setItem: (key: string, value: string) => beside.set(key, value),
  })
  await tornVisit()
  expect(await watchForLoss()).toMatchObject({ kind: 'chunks' })
  await acknowledgeLoss()
  expect((await listOutbox())[0]!.photos[0]).toMatchObject({ state: 'needs_person', todo: 'note_gone', reason: 'photo_not_here' })
  vi.unstubAllGlobals()
})

test('a photo of an unfinished form that lacks pieces says so, and a new one takes its place', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const [lost, whole] = [await photo(1), await photo(2)]
  await (await openStore()).delete('chunks', [lost, 1])
  expect((await listPhotos('case-1')).map((one) => [one.id, one.is_here])).toEqual([[lost, false], [whole, true]])
  await photo(3)
  await removePhoto(lost)
  expect((await listPhotos('case-1')).every((one) => one.is_here)).toBe(true)
  expect(await detectLoss()).toBeNull()
})
