import { describe, expect, test } from 'vitest'
import { beginReport } from '../src/composables/urgency'
import { keepPhoto, listPhotos, removePhoto } from '../src/store/photos'
import { openStore } from '../src/store/db'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { readMeta } from '../src/store/meta'
import { loadNote, saveNote } from '../src/store/notes'
import { finishAttempt, finishObservation, finishVisit, listOutbox, outboxCount, reportUrgent } from '../src/store/outbox'
import { failWrite } from './support/disk'
import { blobHash } from './support/opener'
import { sampleBytes } from './support/sample'
import { freshWorld, restartPhone } from './support/world'

const world = freshWorld()

const photoOf = (kind: string) => ({
  caseId: 'case-1', purpose: 'visit' as const, kind, takenAt: '2026-07-08T01:00:00Z', source: 'camera' as const,
})

/** What a finished item says, opened by the server's key. */
async function contentOf(id: string): Promise<any> {
  const { envelope } = (await (await openStore()).get('items', id))!
  expect([envelope.payload, envelope.sha256]).toEqual([null, blobHash(envelope)])
  return JSON.parse((await world.server.opener.openItem(envelope)).text)
}

/** Everything the store holds, to compare before and after. */
async function snapshot(): Promise<string> {
  const db = await openStore()
  const stores = ['meta', 'cases', 'drafts', 'sealed_drafts', 'items', 'photos'] as const
  return JSON.stringify(await Promise.all(stores.map((name) => db.getAll(name))))
}

async function readyVisit(): Promise<void> {
  await saveAnswers('case-1', { living_size: 4, photos: ['ignored'] })
  await keepPhoto(photoOf('house'), sampleBytes(100_000, 1))
  await keepPhoto(photoOf('room'), sampleBytes(60_000, 2))
}

test('a finished visit carries its answers, its photos and the phone\'s clock', async () => {
  await readyVisit()
  const item = await finishVisit('case-1')
  expect(item).toMatchObject({ kind: 'visit', caseId: 'case-1', title: '马占海 上磨村', state: 'waiting' })
  const payload = await contentOf(item.id)
  expect(payload).toMatchObject({ case_id: 'case-1', base_revision: 3, server_offset_ms: expect.any(Number) })
  expect(payload.answers.living_size).toBe(4)
  expect(payload.answers.photos.map((photo: { kind: string }) => photo.kind)).toEqual(['house', 'room'])
  expect(Object.keys(payload)).toEqual([...Object.keys(payload)].sort())
  expect(await listDrafts()).toEqual([])
  expect(await listPhotos('case-1')).toEqual([])
})

test('what was taken back stays in the draft and does not travel', async () => {
  const cars = [{ id: 'car-1', v_kind: 'suv' }]
  await saveAnswers('case-1', { has_vehicles: 'no', vehicles: cars, has_machines: 'yes', machines: [{ k_value_fen: 100 }] })
  expect((await loadDraft('case-1')).answers.vehicles).toEqual(cars)
  const { answers } = await contentOf((await finishVisit('case-1')).id)
  expect(answers).toEqual({
    has_vehicles: 'no', has_machines: 'yes', machines: [{ k_value_fen: 100 }], photos: [], started_at: expect.any(String),
  })
})

test('a report begins with the words of the form, never over those that somebody wrote into it', async () => {
  await beginReport('case-1', ' ')
  expect(await loadNote('case-1', 'urgent')).toBeNull()
  await beginReport('case-1', '后墙塌了')
  expect(await loadNote('case-1', 'urgent')).toEqual({ needs: [], tonight: '', text: '后墙塌了' })
  await saveNote('case-1', 'urgent', { needs: ['没处住'], tonight: '', text: '' })
  await beginReport('case-1', '后墙塌了')
  await beginReport('case-1', '又说了一句')
  expect(await loadNote('case-1', 'urgent')).toEqual({ needs: ['没处住'], tonight: '', text: '后墙塌了' })
})

test('what was finished is still waiting after a restart', async () => {
  await readyVisit()
  await finishVisit('case-1')
  await restartPhone()
  const [entry] = await listOutbox()
  expect(entry?.item.state).toBe('waiting')
  expect(entry?.photos.map((photo) => [photo.kind, photo.state, photo.size])).toEqual([
    ['house', 'waiting', 100_000], ['room', 'waiting', 60_000],
  ])
  expect(await outboxCount()).toEqual({ drafts: 0, items: 1, photos: 2, needsPerson: 0 })
})

describe('a finish that is cut anywhere leaves all or nothing', () => {
  // add/put/delete requests of one finish: seq, item, two photos, the draft and its sealed copy.
  const WRITES = 6
  for (let broken = 1; broken <= WRITES + 1; broken += 1) {
    test(`write ${broken} of ${WRITES} fails`, async () => {
      await readyVisit()
      const before = await snapshot()
      const restore = failWrite(broken)
      const outcome = await finishVisit('case-1').then(() => 'finished', (cause) => cause.code)
      restore()
      if (broken > WRITES) {
        expect(outcome).toBe('finished')
        return
      }
      expect(outcome).toBe('store_failed')
      expect(await snapshot()).toBe(before)
      await finishVisit('case-1')
      expect((await readMeta('seq'))).toBe(1)
    })
  }
})

test('everything the person made is written with strict durability', async () => {
  const original = IDBDatabase.prototype.transaction
  const modes: unknown[] = []
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, names, mode, options) {
    if (mode === 'readwrite') modes.push(options?.durability)
    return original.call(this, names, mode, options)
  }
  await readyVisit()
  await finishVisit('case-1')
  IDBDatabase.prototype.transaction = original
  expect(modes.length).toBeGreaterThanOrEqual(4)
  expect(new Set(modes)).toEqual(new Set(['strict']))
})

test('answers saved while a visit is being sealed are in it', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const original = crypto.subtle.sign
  let isFirst = true
  crypto.subtle.sign = async function (this: SubtleCrypto, ...args: Parameters<SubtleCrypto['sign']>) {
    if (isFirst) {
      isFirst = false
      await saveAnswers('case-1', { living_size: 5 })
    }
    return original.apply(crypto.subtle, args)
  }
  const item = await finishVisit('case-1').finally(() => (crypto.subtle.sign = original))
  expect((await contentOf(item.id)).answers.living_size).toBe(5)
  expect(await listDrafts()).toEqual([])
  expect(await (await openStore()).getAll('sealed_drafts')).toEqual([])
})

test('numbers of this device never repeat and have no gap', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  await Promise.all([
    finishVisit('case-1'),
    finishObservation('case-1', { observed_at: '2026-07-08T01:00:00Z', text: '院里有牛', facts: { cattle: 2 } }),
    reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }),
  ])
  await finishAttempt('case-1', { attempted_at: '2026-07-09T01:00:00Z', result: 'away', reason: '', witness: '村主任' })
  const rows = await (await openStore()).getAll('items')
  expect(rows.map((row) => row.envelope.seq).sort()).toEqual([1, 2, 3, 4])
})

test('what was typed into a short form survives a restart and ends with its item', async () => {
  await saveNote('case-1', 'observation', { text: '水窖见底' })
  await restartPhone()
  expect(await loadNote('case-1', 'observation')).toEqual({ text: '水窖见底' })
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '' })
  expect(await loadNote('case-1', 'observation')).not.toBeNull()
  await finishObservation('case-1', { observed_at: '2026-07-08T01:00:00Z', text: '水窖见底', facts: {} })
  expect(await loadNote('case-1', 'observation')).toBeNull()
})

test('photos of an observation do not get into the visit', async () => {
  await readyVisit()
  await keepPhoto({ ...photoOf('water'), purpose: 'observation' }, sampleBytes(5_000))
  const item = await finishObservation('case-1', { observed_at: '2026-07-08T01:00:00Z', text: '水窖见底', facts: {} })
  expect((await contentOf(item.id)).photos.map((photo: { kind: string }) => photo.kind)).toEqual(['water'])
  expect((await listPhotos('case-1')).map((photo) => photo.kind)).toEqual(['house', 'room'])
})

test('a photo can be taken out of a draft, not out of a finished visit', async () => {
  await readyVisit()
  const [house, room] = await listPhotos('case-1')
  await removePhoto(house!.id)
  expect((await listPhotos('case-1')).map((photo) => photo.kind)).toEqual(['room'])
  expect(await (await openStore()).count('chunks')).toBe(2)
  await finishVisit('case-1')
  await expect(removePhoto(room!.id)).rejects.toMatchObject({ code: 'photo_already_finished' })
})

test('nothing is finished without a draft', async () => {
  await expect(finishVisit('case-1')).rejects.toMatchObject({ code: 'draft_not_here' })
})
