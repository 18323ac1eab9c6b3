import { afterEach, expect, test, vi } from 'vitest'
import { openStore } from '../src/store/db'
import { reportUrgent } from '../src/store/outbox'
import { purgeReceived } from '../src/store/purge'
import { syncNow } from '../src/sync/sender'
import { freshWorld } from './support/world'

freshWorld()
const DAY = 86_400_000

afterEach(() => vi.useRealTimers())

async function received(): Promise<number> {
  return (await (await openStore()).getAll('items')).filter((row) => row.receipt).length
}

test('a clock that jumps a year ahead deletes nothing before the server has told the time', async () => {
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
  await syncNow()
  expect(await received()).toBe(1)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 365 * DAY })
  expect(await purgeReceived()).toBe(0)
  expect(await received()).toBe(1)
})
