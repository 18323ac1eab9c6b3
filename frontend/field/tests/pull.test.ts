import { afterEach, expect, test, vi } from 'vitest'
import { listCases } from '../src/store/cases'
import { saveAnswers } from '../src/store/drafts'
import { readMeta } from '../src/store/meta'
import { listNotices } from '../src/store/notices'
import { finishVisit } from '../src/store/outbox'
import { signIn } from '../src/store/session'
import { createVault } from '../src/store/vault'
import { syncNow } from '../src/sync/sender'
import { OTHER_USER, sampleCase, USER } from './support/sample'
import { FEW_ITERATIONS, PIN, rawStore } from './support/seeded'
import { enterAs, freshPhone, freshWorld } from './support/world'

const world = freshWorld()

function asked(): any[] {
  return world.server.bodies.filter((one) => one.path === '/changes').map((one) => one.body)
}

afterEach(() => { vi.useRealTimers() })

/** Somebody on a phone that has never seen them: signed in, no PIN yet. */
async function signInAnew(): ReturnType<typeof signIn> {
  await freshPhone()
  world.server.bodies.length = 0
  return signIn('grid01', 'right')
}

async function withCases(count: number): Promise<void> {
  world.server.cases = Array.from({ length: count }, (_, index) => sampleCase({ id: `case-${index + 1}` }))
  await syncNow()
  world.server.bodies.length = 0
}

test('a short list is asked for by its revisions, in one question', async () => {
  await withCases(40)
  await syncNow()
  expect(asked()).toHaveLength(1)
  expect(Object.keys(asked()[0].known)).toHaveLength(40)
})

test('a long unchanged list is asked for by its digest, in one small question', async () => {
  await withCases(300)
  await syncNow()
  expect(asked()).toHaveLength(1)
  expect(asked()[0].known).toBeUndefined()
  expect(JSON.stringify(asked()[0]).length).toBeLessThan(1000)
  expect(await listCases()).toHaveLength(300)
})

test('a long list that changed is asked for again by its revisions', async () => {
  await withCases(60)
  world.server.cases = [...world.server.cases.slice(1), sampleCase({ id: 'case-99', revision: 1 })]
  await syncNow()
  expect(asked().map((body) => 'known' in body)).toEqual([false, true])
  const ids = (await listCases()).map((one) => one.id)
  expect(ids).toHaveLength(60)
  expect(ids).toContain('case-99')
  expect(ids).not.toContain('case-1')
})

test('drafts that came back are kept, and the server is told so with the next question', async () => {
  world.server.drafts = [{
    id: '0198f000-0000-7000-8000-0000000d0001', case_id: 'case-1', purpose: 'visit', base_revision: 3,
    started_at: null, saved_at: '2026-07-08T01:00:00Z', fields: { living_size: 5 },
  }]
  await syncNow()
  expect(world.server.drafts).toHaveLength(1)
  await syncNow()
  expect(asked().pop().drafts_taken).toEqual(['0198f000-0000-7000-8000-0000000d0001'])
  expect(world.server.drafts).toEqual([])
})

test('notices are kept, and confirmed with the next question', async () => {
  const id = '0198f000-0000-7000-8000-0000000e0001'
  world.server.notices = [{ id, case_id: 'case-1', kind: 'kept_beside', text: '留着', made_at: '2026-07-08T01:00:00Z' }]
  await syncNow()
  expect(asked().pop().notices_taken).toBeUndefined()
  expect((await listNotices()).map((notice) => notice.id)).toEqual([id])
  world.server.notices = []
  await syncNow()
  expect(asked().pop().notices_taken).toEqual([id])
  await syncNow()
  expect(asked().pop().notices_taken).toBeUndefined()
})

test('a day of work takes no more than four requests, and a visit about as much as what it says packed', async () => {
  const answers = { hardship: '老人腿脚不便，去年住了两回院，地里只种了三亩玉米，牛卖了还了债。'.repeat(20), living_size: 4 }
  for (let count = 0; count < 20; count += 1) {
    await saveAnswers('case-1', { ...answers, head_name: `第${count}户` })
    await finishVisit('case-1')
  }
  world.server.bytesTaken = 0
  await syncNow()
  expect(world.server.requests.length).toBeLessThanOrEqual(4)
  expect(world.server.bytesTaken).toBeLessThan(20 * 1_000 + 2_000)
})

test('a browser that cannot pack sends as it is', async () => {
  const kept = globalThis.CompressionStream
  Object.assign(globalThis, { CompressionStream: undefined })
  await saveAnswers('case-1', { living_size: 4, text: '水窖见底'.repeat(400) })
  const { id } = await finishVisit('case-1')
  const report = await syncNow().finally(() => Object.assign(globalThis, { CompressionStream: kept }))
  expect(report.received).toBe(1)
  expect(await world.server.read(id)).toMatchObject({ answers: { living_size: 4 } })
})

test('the first list is on its way while the PIN is chosen, and asked for once', async () => {
  const { user } = await signInAnew()
  await syncNow()
  expect(asked()).toHaveLength(1)
  expect(await rawStore()).not.toContain('马占海')
  await createVault(user.id, PIN, FEW_ITERATIONS)
  await syncNow()
  expect(asked()).toHaveLength(1)
  expect(await listCases()).toHaveLength(1)
  await syncNow()
  expect(asked()).toHaveLength(2)
})

test('a list that was asked for long ago is asked for again', async () => {
  const { user } = await signInAnew()
  await syncNow()
  world.server.cases = []
  await createVault(user.id, PIN, FEW_ITERATIONS)
  vi.useFakeTimers({ now: Date.now() + 121_000, toFake: ['Date'] })
  await syncNow()
  expect(asked()).toHaveLength(2)
  expect(await listCases()).toEqual([])
})

test('what was asked for one person is never shown to another', async () => {
  await signInAnew()
  await syncNow()
  world.server.cases = []
  world.server.user = OTHER_USER
  await enterAs('team01')
  await syncNow()
  expect(asked()).toHaveLength(2)
  expect(await listCases()).toEqual([])
})

test('parameters are kept per person, and asked for by their tag from then on', async () => {
  const row = { key: 'dibao_standard_fen', value: 700000, valid_from_on: '2026-01-01', source: '县里定', area_code: '620525', is_demo: false }
  world.server.parameters = { tag: '0123456789abcdef', rows: [row] }
  await syncNow()
  expect(asked().pop().parameters).toBe('')
  expect((await readMeta('parameters'))?.[USER.id]?.rows).toEqual([row])
  await syncNow()
  expect(asked().pop().parameters).toBe('0123456789abcdef')
  expect((await readMeta('parameters'))?.[USER.id]?.rows).toEqual([row])
})
