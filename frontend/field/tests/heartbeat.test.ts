import { afterEach, expect, test, vi } from 'vitest'
import { saveAnswers } from '../src/store/drafts'
import { reportUrgent } from '../src/store/outbox'
import { syncNow } from '../src/sync/sender'
import { json } from './support/fake_server'
import { freshWorld } from './support/world'

const world = freshWorld()
const MINUTE = 60_000

afterEach(() => void vi.useRealTimers())

/** What the pulls since the last look told of this phone. */
function told(): any[] {
  const pulls = world.server.bodies.splice(0).filter((one) => one.path === '/changes')
  return pulls.map((one) => one.body.heartbeat)
}

function passed(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * MINUTE })
  world.server.clockAheadMs = 0
}

test('counts that are as they were are told again after ten minutes, not before', async () => {
  await syncNow()
  told()
  for (let round = 0; round < 3; round += 1) await syncNow()
  expect(told()).toEqual([undefined, undefined, undefined])
  passed(9)
  await syncNow()
  expect(told()).toEqual([undefined])
  passed(2)
  await syncNow()
  expect(told()).toMatchObject([{ unsent: 0 }])
})

test('a change is told at once', async () => {
  await syncNow()
  told()
  await saveAnswers('case-1', { living_size: 4 })
  await syncNow()
  expect(told()).toMatchObject([{ drafts: 1 }])
})

test('what was said while work was on its way is put right by the next pull', async () => {
  told()
  world.server.fault = (request) => (request.path.endsWith('/inbox') ? json(200, { receipts: [] }) : undefined)
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
  await syncNow()
  await syncNow()
  expect(told()).toMatchObject([{ unsent: 1 }, { unsent: 1 }])
})

test('counts whose answer was lost are told again', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  world.server.fault = (request) => (request.path.endsWith('/changes') ? 'drop_after' : undefined)
  await syncNow()
  world.server.fault = () => undefined
  told()
  await syncNow()
  expect(told()).toMatchObject([{ drafts: 1 }])
})
