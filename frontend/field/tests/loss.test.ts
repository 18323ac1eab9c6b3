import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { IDBFactory } from 'fake-indexeddb'
import { closeStore, openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { acknowledgeLoss, detectLoss, noteKept, watchForLoss } from '../src/store/loss'
import { saveNote } from '../src/store/notes'
import { finishVisit, reportUrgent } from '../src/store/outbox'
import { keepPhoto, removePhoto } from '../src/store/photos'
import { purgeReceived } from '../src/store/purge'
import type { ItemRow } from '../src/store/rows'
import { createVault, lock, unlock } from '../src/store/vault'
import { wipeVault } from '../src/store/vault_wipe'
import { syncNow } from '../src/sync/sender'
import { sampleBytes, USER } from './support/sample'
import { FEW_ITERATIONS, OTHER_PIN, readSealed } from './support/seeded'
import { enterAs, freshPhone, freshWorld } from './support/world'

const world = freshWorld()
const URGENT = { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }
let beside: Map<string, string>

beforeEach(async () => {
  beside = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => beside.get(key) ?? null, setItem: (key: string, value: string) => beside.set(key, value),
  })
  expect(await watchForLoss()).toBeNull()
})
afterEach(() => vi.unstubAllGlobals())

async function photo(size = 60_000): Promise<string> {
  return (await keepPhoto(
    { caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' }, sampleBytes(size),
  )).id
}

async function work(): Promise<void> {
  await reportUrgent('case-1', URGENT)
  await saveAnswers('case-1', { living_size: 4 })
  await saveNote('case-1', 'attempt', { reason: '锁着门' })
  await photo()
  await noteKept()
}

async function handedInDrafts(): Promise<ItemRow[]> {
  return (await (await openStore()).getAll('items')).filter((item) => item.kind === 'draft')
}

test('work that is all there is no loss, at any step of its life', async () => {
  await work()
  expect(await detectLoss()).toBeNull()
  await finishVisit('case-1')
  expect(await detectLoss()).toBeNull()
  for (let round = 0; round < 2; round += 1) await syncNow()
  expect(await detectLoss()).toBeNull()
  const kept = await photo()
  await noteKept()
  await removePhoto(kept)
  expect(await detectLoss()).toBeNull()
  await noteKept()
  expect(await purgeReceived(Date.now() + 40 * 86_400_000)).toBe(2)
  expect(await detectLoss()).toBeNull()
  await saveAnswers('case-1', { living_size: 4 })
  await noteKept()
  await wipeVault(USER.id, { endsSession: false })
  expect(await detectLoss()).toBeNull()
})

test('beside the store stand numbers and the phone\'s id only', async () => {
  await work()
  const [text] = [...beside.values()]
  expect(JSON.parse(text!)).toEqual({
    device_id: expect.any(String), seq: 1, open: [1], drafts: 2, photos: 1, people: 1, keys: 1,
  })
})

test('all of the store deleted is told with what was in it', async () => {
  await work()
  await closeStore()
  globalThis.indexedDB = new IDBFactory()
  expect(await detectLoss()).toEqual({ kind: 'all', items: 1, drafts: 2, photos: 1 })
})

for (const [store, expected] of [
  ['items', { kind: 'items', seqs: [1] }],
  ['drafts', { kind: 'store', store: 'drafts', count: 1 }],
  ['notes', { kind: 'store', store: 'drafts', count: 1 }],
  ['photos', { kind: 'store', store: 'photos', count: 1 }],
  ['chunks', { kind: 'chunks', photos: [{ id: expect.any(String), caseId: 'case-1', kind: 'house' }] }],
  ['people', { kind: 'store', store: 'people', count: 1 }],
  ['keys', { kind: 'store', store: 'keys', count: 1 }],
  ['meta', { kind: 'store', store: 'meta', count: 1 }],
] as const) {
  test(`the store "${store}" emptied is detected and named`, async () => {
    await work()
    await (await openStore()).clear(store)
    expect(await detectLoss()).toEqual(expected)
  })
}

for (const store of ['items', 'drafts', 'chunks', 'meta'] as const) {
  test(`the store "${store}" missing or unreadable is named, and nothing throws`, async () => {
    await work()
    const kept = IDBObjectStore.prototype.getAllKeys
    IDBObjectStore.prototype.getAllKeys = function (this: IDBObjectStore, ...args: []) {
      if (this.name === store) throw new DOMException('disk', 'UnknownError')
      return kept.apply(this, args)
    }
    const loss = await detectLoss()
    IDBObjectStore.prototype.getAllKeys = kept
    expect(loss).toEqual({ kind: 'store', store, count: 0 })
  })
}

test('one piece of one photo gone is named with its household', async () => {
  await work()
  const [key] = await (await openStore()).getAllKeys('chunks')
  await (await openStore()).delete('chunks', key!)
  expect(await detectLoss()).toMatchObject({ kind: 'chunks', photos: [{ caseId: 'case-1' }] })
})

test('a store that cannot be opened at all is named', async () => {
  await closeStore()
  const kept = indexedDB.open
  indexedDB.open = () => { throw new DOMException('disk', 'UnknownError') }
  const loss = await detectLoss()
  indexedDB.open = kept
  expect(loss).toEqual({ kind: 'unreadable' })
})

test('a loss stays told over restarts until the person has read it', async () => {
  await work()
  await (await openStore()).clear('items')
  expect(await watchForLoss()).toEqual({ kind: 'items', seqs: [1] })
  await saveAnswers('case-1', { living_size: 5 })
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await detectLoss()).toEqual({ kind: 'items', seqs: [1] })
  await acknowledgeLoss()
  expect(await detectLoss()).toBeNull()
})

for (const store of ['drafts', 'notes'] as const) {
  test(`with the ${store} gone, their sealed copies are handed in once the person has read it, and the others stay`, async () => {
    await work()
    await (await openStore()).clear(store)
    await watchForLoss()
    expect(await handedInDrafts()).toHaveLength(0)
    await acknowledgeLoss()
    const [item, ...more] = await handedInDrafts()
    expect(more).toHaveLength(0)
    const { fields } = await readSealed(world.server.opener, item!.envelope)
    expect(fields).toMatchObject(store === 'drafts' ? { living_size: 4 } : { reason: '锁着门' })
    expect(await (await openStore()).count('sealed_drafts')).toBe(1)
    expect(await detectLoss()).toBeNull()
  })
}

test('with the people gone, the sealed copies of their drafts are handed in and come back', async () => {
  await work()
  await lock()
  await (await openStore()).clear('people')
  await enterAs('grid01', OTHER_PIN)
  const items = (await (await openStore()).getAll('items')).filter((item) => item.kind === 'draft')
  expect(items).toHaveLength(2)
  const contents = await Promise.all(items.map((item) => readSealed(world.server.opener, item.envelope)))
  expect(contents.find((content) => content.purpose === 'visit').fields).toMatchObject({ living_size: 4 })
  expect(await syncNow()).toMatchObject({ ok: true })
})

test('with the phone\'s keys gone, ten tries hand the copies in', async () => {
  await work()
  await lock()
  await (await openStore()).clear('keys')
  for (let tries = 1; tries < 10; tries += 1) expect(await unlock(USER.id, OTHER_PIN)).toEqual({ wrong: 10 - tries })
  expect(await unlock(USER.id, OTHER_PIN)).toBe('wiped')
  expect((await (await openStore()).getAll('items')).filter((item) => item.kind === 'draft')).toHaveLength(2)
})

test('a new phone has lost nothing', async () => {
  beside.clear()
  await freshPhone()
  expect(await detectLoss()).toBeNull()
  await enterAs('grid01')
  await expect(createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)).rejects.toMatchObject({ code: 'vault_exists' })
  expect(await detectLoss()).toBeNull()
})
