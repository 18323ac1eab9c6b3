import { beforeEach, expect, test, vi } from 'vitest'
import { listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { openedBefore } from '../src/store/opened'
import { lock, unlock } from '../src/store/vault'
import { Opener } from './support/opener'
import { sampleCase, USER } from './support/sample'
import { PIN, seedCases, seedOpenPerson } from './support/seeded'
import { freshPhone } from './support/world'

const CASES = ['case-1', 'case-2', 'case-3']

/** How many boxes were opened meanwhile. */
async function boxesOpened(act: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(crypto.subtle, 'decrypt')
  try {
    await act()
    return spy.mock.calls.length
  } finally {
    spy.mockRestore()
  }
}

beforeEach(async () => {
  await freshPhone()
  await seedOpenPerson(USER, await Opener.fresh())
  await seedCases(USER.id, CASES.map((id) => sampleCase({ id })))
})

test('a list that is read again opens no box twice', async () => {
  expect(await boxesOpened(listCases)).toBe(3)
  expect(await boxesOpened(listCases)).toBe(0)
})

test('a household that came anew is opened anew', async () => {
  await listCases()
  await seedCases(USER.id, [sampleCase({ id: 'case-2', number: 'ZJC-2026-0999' })])
  expect(await boxesOpened(listCases)).toBe(1)
  expect((await listCases()).map((one) => one.number)).toContain('ZJC-2026-0999')
})

test('a household that is gone is told as gone, whatever was opened before', async () => {
  await listCases()
  const db = await openStore()
  await db.put('cases', { ...(await db.get('cases', [USER.id, 'case-1']))!, is_gone: true })
  expect((await listCases()).find((one) => one.id === 'case-1')?.gone).toBe(true)
})

test('nothing stays open in memory once the phone is locked', async () => {
  await listCases()
  const row = (await (await openStore()).get('cases', [USER.id, 'case-1']))!
  expect(openedBefore(row)).not.toBeNull()
  await lock()
  expect(openedBefore(row)).toBeNull()
  await unlock(USER.id, PIN)
  expect(await boxesOpened(listCases)).toBe(3)
})

test('what was still being opened when the phone was locked is not kept', async () => {
  const rows = await (await openStore()).getAllFromIndex('cases', 'by_user', USER.id)
  const decrypt = crypto.subtle.decrypt.bind(crypto.subtle)
  const spy = vi.spyOn(crypto.subtle, 'decrypt').mockImplementation(async (...given) => {
    const bytes = await decrypt(...given)
    await lock()
    return bytes
  })
  await listCases().catch(() => [])
  spy.mockRestore()
  expect(rows.map(openedBefore)).toEqual([null, null, null])
})
