import { afterEach, expect, test, vi } from 'vitest'
import { asOnlySender } from '../src/sync/lock'
import { writeMeta } from '../src/store/meta'
import { freshPhone } from './support/world'

const MINUTE = 60_000

afterEach(() => vi.unstubAllGlobals())

async function withLeaseUntil(until: number): Promise<string | null> {
  vi.stubGlobal('navigator', {})
  await freshPhone()
  await writeMeta('sender_lease', { owner: 'a window that was killed', until })
  return asOnlySender(async () => 'sent')
}

test('a browser without locks lets one window send at a time', async () => {
  expect(await withLeaseUntil(Date.now() + MINUTE)).toBeNull()
})

test('a lease ends by itself', async () => {
  expect(await withLeaseUntil(Date.now() - 1)).toBe('sent')
})

test('a clock that was set back does not make a lease last for a year', async () => {
  expect(await withLeaseUntil(Date.now() + 365 * 24 * 60 * MINUTE)).toBe('sent')
})
