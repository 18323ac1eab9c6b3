import { afterEach, expect, test, vi } from 'vitest'
import { openStore } from '../src/store/db'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { loadNote, saveNote } from '../src/store/notes'
import { finishVisit, listOutbox } from '../src/store/outbox'
import { keepPhoto, listPhotos } from '../src/store/photos'
import { syncNow } from '../src/sync/sender'
import { sampleBytes } from './support/sample'
import { freshWorld } from './support/world'

const world = freshWorld()
const photo = (kind = 'house') => ({
  caseId: 'case-1', purpose: 'visit' as const, kind, takenAt: '2026-07-08T01:00:00Z', source: 'camera' as const,
})
let restore = (): void => undefined
afterEach(() => {
  restore()
  vi.unstubAllGlobals()
})

/** A disk that is full until chunks are deleted: only then do writes succeed again. */
function fillDisk(): void {
  const kept = { put: IDBObjectStore.prototype.put, add: IDBObjectStore.prototype.add, delete: IDBObjectStore.prototype.delete }
  let isFull = true
  const refusing = (name: 'put' | 'add') => function (this: IDBObjectStore, ...args: [any]) {
    if (isFull) throw new DOMException('full', 'QuotaExceededError')
    return kept[name].apply(this, args)
  }
  IDBObjectStore.prototype.put = refusing('put')
  IDBObjectStore.prototype.add = refusing('add')
  IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...args: [any]) {
    if (this.name === 'chunks') isFull = false
    return kept.delete.apply(this, args)
  }
  restore = () => void Object.assign(IDBObjectStore.prototype, kept)
}

async function receivedVisit(): Promise<void> {
  await saveAnswers('case-1', { living_size: 1 })
  await keepPhoto(photo(), sampleBytes(60_000))
  await finishVisit('case-1')
  for (let round = 0; round < 2; round += 1) await syncNow()
  expect((await listOutbox())[0]!.photos[0]!.state).toBe('received')
}

test('from 90 % on no photo is taken, and text is saved and finished', async () => {
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ usage: 91, quota: 100 }) } })
  await expect(keepPhoto(photo(), sampleBytes(100))).rejects.toMatchObject({ code: 'storage_full' })
  await saveAnswers('case-1', { living_size: 4 })
  await finishVisit('case-1')
  expect((await listOutbox())[0]!.item.state).toBe('waiting')
})

test('on a full phone received pictures give way to text', async () => {
  await receivedVisit()
  fillDisk()
  await saveAnswers('case-1', { living_size: 4 })
  await saveNote('case-1', 'attempt', { reason: '锁着门' })
  await finishVisit('case-1')
  restore()
  expect(await loadNote('case-1', 'attempt')).toEqual({ reason: '锁着门' })
  const db = await openStore()
  expect(await db.count('chunks')).toBe(0)
  expect((await db.getAll('photos'))[0]).toMatchObject({ emptied_at: expect.any(String), receipt: expect.any(Object) })
})

test('received pictures never give way to new pictures', async () => {
  await receivedVisit()
  fillDisk()
  await expect(keepPhoto(photo('room'), sampleBytes(100))).rejects.toMatchObject({ code: 'storage_full' })
  restore()
  expect(await (await openStore()).count('chunks')).toBeGreaterThan(0)
})

test('pictures the server has not signed for never give way, and the last saved text stays', async () => {
  world.server.fault = () => 'drop_before'
  await saveAnswers('case-1', { living_size: 4 })
  await keepPhoto(photo(), sampleBytes(60_000))
  fillDisk()
  await expect(saveAnswers('case-1', { living_size: 5 })).rejects.toMatchObject({ code: 'storage_full' })
  await expect(finishVisit('case-1')).rejects.toMatchObject({ code: 'storage_full' })
  restore()
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
  expect(await listPhotos('case-1')).toHaveLength(1)
  expect(await (await openStore()).count('chunks')).toBe(2)
})
