import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStore, STORE_VERSION } from '../src/store/db'
import { listCases } from '../src/store/cases'
import { listDrafts } from '../src/store/draft_list'
import { saveAnswers } from '../src/store/drafts'
import { loadNote } from '../src/store/notes'
import { finishAttempt, finishVisit, listOutbox } from '../src/store/outbox'
import { people } from '../src/store/people'
import { listPhotos, photoBlob } from '../src/store/photos'
import { createVault, hasVault, unlock } from '../src/store/vault'
import { syncNow } from '../src/sync/sender'
import { sampleBytes, sampleCase, USER } from './support/sample'
import { Opener } from './support/opener'
import { FEW_ITERATIONS, PIN, rawStore } from './support/seeded'
import { fixtureVersions, layDown, readFixture, type StoreDump } from './support/store_dump'
import { enterAs, freshPhone, freshWorld, restartPhone } from './support/world'

const world = freshWorld()

test('every store version that was shipped has its fixture', () => {
  const shipped = Array.from({ length: STORE_VERSION }, (_, at) => at + 1)
  expect(fixtureVersions(), 'WRITE_STORE_FIXTURE=1 npx vitest run tests/store_fixture.test.ts').toEqual(shipped)
})

describe.each(fixtureVersions())('a phone of store version %i', (version) => {
  let old: StoreDump

  beforeEach(async () => {
    await freshPhone()
    old = readFixture(version)
    await layDown(old)
    if (old.deposit) world.server.opener = Opener.of(old.deposit.id, old.deposit.jwk)
    world.server.cases = old.stores.cases!.map((row) => sampleCase({ id: row.id, revision: row.revision }))
  })

  async function openIt(): Promise<void> {
    if (await hasVault(USER.id)) expect(await unlock(USER.id, PIN)).toBe('open')
    await enterAs('grid01')
  }

  test('has every row of every store after the upgrade', async () => {
    const db = await openStore()
    expect(db.version).toBe(STORE_VERSION)
    for (const [name, rows] of Object.entries(old.stores)) {
      expect(await db.count(name as 'items'), name).toBe(rows.length)
    }
    expect(await db.getAll('items')).toEqual(old.stores.items)
    expect(await db.getAll('chunks')).toEqual(old.stores.chunks)
  })

  test('shows its cases, drafts, short forms and photos, byte by byte', async () => {
    await openIt()
    expect(await listCases()).toHaveLength(4)
    expect(await listDrafts()).toMatchObject([{ caseId: 'case-3', answers: { living_size: 6, hardship_words: '药钱太重' } }])
    expect(await loadNote('case-3', 'attempt')).toEqual({ reason: '锁着门' })
    expect(await loadNote('case-2', 'urgent')).toEqual({ text: '水进屋了' })
    const seeds = { 'case-3': [2_500, 4], 'case-4': [2_000, 5] } as const
    for (const [caseId, [size, seed]] of Object.entries(seeds)) {
      const [photo] = await listPhotos(caseId)
      const bytes = new Uint8Array(await (await photoBlob(photo!.id)).arrayBuffer())
      expect(Buffer.compare(bytes, sampleBytes(size, seed))).toBe(0)
    }
    expect((await listOutbox()).map(({ item }) => [item.kind, item.title, item.state]).sort()).toEqual([
      ['observation', '马占海 上磨村', 'waiting'], ['urgent', '马占海 上磨村', 'received'],
      ['visit', '马占海 上磨村', 'received'], ['visit', '马占海 上磨村', 'waiting'],
    ])
  })

  test('finishes what was begun and hands everything in', async () => {
    await openIt()
    const visit = await finishVisit('case-3')
    const attempt = await finishAttempt('case-3', { attempted_at: '2026-07-09T01:00:00Z', result: 'away', reason: '锁着门', witness: '' })
    await saveAnswers('case-4', { living_size: 1 })
    await finishVisit('case-4')
    for (let round = 0; round < 3; round += 1) await syncNow()
    const db = await openStore()
    expect((await db.getAll('items')).filter((item) => !item.receipt)).toEqual([])
    expect((await db.getAll('photos')).filter((photo) => photo.item_id === null || !photo.receipt)).toEqual([])
    expect((await world.server.read(visit.id)).answers).toMatchObject({ living_size: 6 })
    expect((await world.server.read(attempt.id)).reason).toBe('锁着门')
    const waiting = old.stores.items!.filter((item) => !item.receipt)
    for (const item of waiting) expect(world.server.stored.get(item.id)).toHaveLength(1)
  })

  test('keeps no unfinished word in the clear once a PIN is chosen', async () => {
    await openIt()
    const raw = await rawStore()
    for (const word of ['药钱太重', '锁着门', '水进屋了', '张家川镇']) expect(raw).not.toContain(word)
  })
})

test('a phone updated in a village without network goes on: PIN, draft, finish', async () => {
  await freshPhone()
  const old = readFixture(1)
  await layDown(old)
  world.server.fault = () => 'drop_before'
  expect(await people()).toMatchObject([{ userId: USER.id, hasVault: false, isCurrent: true }])
  await createVault(USER.id, PIN, FEW_ITERATIONS)
  await saveAnswers('case-3', { living_size: 7 })
  await restartPhone()
  expect(await listDrafts()).toMatchObject([{ caseId: 'case-3', answers: { living_size: 7 } }])
  await finishVisit('case-3')
  // Without the server's key there is no copy yet, so the short forms are not locked in.
  expect((await (await openStore()).getAll('notes')).map((row) => Object.keys(row.body))).toEqual([['plain'], ['plain']])
  world.server.fault = () => undefined
  world.server.cases = old.stores.cases!.map((row) => sampleCase({ id: row.id, revision: row.revision }))
  for (let round = 0; round < 3; round += 1) await syncNow()
  const db = await openStore()
  expect((await db.getAll('items')).filter((item) => !item.receipt)).toEqual([])
  expect((await db.getAll('notes')).map((row) => Object.keys(row.body).sort())).toEqual([['iv', 'sealed'], ['iv', 'sealed']])
  expect(await db.count('sealed_drafts')).toBe(3)
})

test('store migrations only add', () => {
  const source = readFileSync(new URL('../src/store/db.ts', import.meta.url), 'utf8')
  expect(source).toContain('async upgrade(')
  expect(source.match(/deleteObjectStore|deleteIndex|deleteDatabase|deleteDB|\.clear\(|\.delete\(/g) ?? []).toEqual([])
})
