import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { onceMore } from '../src/store/once_more'
import { afterRush, beginRush, endRush, isRush } from '../src/store/rush'
import { storeChanged } from '../src/store/signal'
import { lock, unlock } from '../src/store/vault'
import { Opener } from './support/opener'
import { OTHER_USER, sampleCase, USER } from './support/sample'
import { OTHER_PIN, PIN, seedCases, seedOpenPerson } from './support/seeded'
import { freshPhone } from './support/world'

let desk: Opener

beforeEach(async () => {
  await freshPhone()
  desk = await Opener.fresh()
})
afterEach(() => {
  endRush()
  vi.useRealTimers()
})

/** How often all rows of the cases were asked for. */
async function readings(act: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(IDBIndex.prototype, 'getAll')
  try {
    await act()
    return spy.mock.contexts.filter((index) => (index as IDBIndex).objectStore.name === 'cases').length
  } finally {
    spy.mockRestore()
  }
}

async function bodyOf(id: string): Promise<object> {
  return (await (await openStore()).get('cases', [USER.id, id]))!.body
}

async function leavePlain(id: string): Promise<void> {
  const db = await openStore()
  await db.put('cases', { ...(await db.get('cases', [USER.id, id]))!, body: { plain: JSON.stringify(sampleCase({ id })) } })
}

test('the list after a PIN reads the rows once, while the PIN is stretched', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await lock()
  beginRush()
  expect(await readings(() => unlock(USER.id, PIN))).toBe(1)
  expect(await readings(listCases)).toBe(0)
  expect(await readings(listCases)).toBe(1)
})

test('rows that were read ahead serve nobody once anything changed', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await lock()
  beginRush()
  await unlock(USER.id, PIN)
  await seedCases(USER.id, [sampleCase({ id: 'case-2' })])
  storeChanged('cases')
  expect((await listCases()).map((one) => one.id).sort()).toEqual(['case-1', 'case-2'])
})

test('rows that were read ahead serve nobody else', async () => {
  await seedOpenPerson(OTHER_USER, desk, OTHER_PIN)
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await lock()
  beginRush()
  await unlock(USER.id, PIN)
  await unlock(OTHER_USER.id, OTHER_PIN)
  expect(await listCases()).toEqual([])
})

test('rows that were read ahead are soon too old', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await lock()
  beginRush()
  await unlock(USER.id, PIN)
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  expect(await readings(listCases)).toBe(1)
})

test('what was left plain is closed when the list stands, not before', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await leavePlain('case-1')
  await lock()
  beginRush()
  expect(await unlock(USER.id, PIN)).toBe('open')
  expect(await bodyOf('case-1')).toHaveProperty('plain')
  endRush()
  await vi.waitFor(async () => expect(await bodyOf('case-1')).toHaveProperty('iv'))
})

test('a phone that is locked before its list stands closes what is plain at the next PIN', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase({ id: 'case-1' })])
  await leavePlain('case-1')
  await lock()
  beginRush()
  await unlock(USER.id, PIN)
  await lock()
  endRush()
  await unlock(USER.id, PIN)
  expect(await bodyOf('case-1')).toHaveProperty('iv')
})

test('a rush that nobody ends is over by itself, and a new one lasts its own time', async () => {
  vi.useFakeTimers()
  beginRush()
  let isOver = false
  void afterRush().then(() => { isOver = true })
  await vi.advanceTimersByTimeAsync(3_000)
  beginRush()
  await vi.advanceTimersByTimeAsync(3_000)
  expect([isOver, isRush()]).toEqual([false, true])
  await vi.advanceTimersByTimeAsync(1_000)
  expect([isOver, isRush()]).toEqual([true, false])
})

test('many who ask share a reading, and none is given one from before it asked', async () => {
  let count = 0
  const finish: (() => void)[] = []
  const read = onceMore(async () => {
    const mine = (count += 1)
    await new Promise<void>((resolve) => { finish.push(resolve) })
    return mine
  })
  const [first, second, third] = [read(), read(), read()]
  finish[0]!()
  expect(await first).toBe(1)
  await vi.waitFor(() => expect(finish).toHaveLength(2))
  finish[1]!()
  expect(await Promise.all([second, third])).toEqual([2, 2])
})

test('a reading that fails is its askers\' trouble, the next one is made all the same', async () => {
  let count = 0
  const read = onceMore(async () => {
    count += 1
    if (count === 1) throw new Error('torn')
    return 'whole'
  })
  const first = read()
  const second = read()
  await expect(first).rejects.toThrow('torn')
  await expect(second).resolves.toBe('whole')
})
