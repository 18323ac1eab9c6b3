import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStore } from '../src/store/db'
import { readMeta } from '../src/store/meta'
import { isWeChat, runSelfTest, type SelfTestItem } from '../src/store/self_test'
import { freshPhone } from './support/world'

const QUOTA = 2 * 1024 ** 3

function surroundings(over: object = {}): void {
  vi.stubGlobal('navigator', {
    userAgent: 'Mozilla/5.0 (Linux; Android 12) Chrome/120',
    serviceWorker: { getRegistration: async () => ({ active: {} }) },
    storage: { estimate: async () => ({ usage: 1, quota: QUOTA }), persisted: async () => true, persist: async () => true },
    ...over,
  })
}

beforeEach(async () => {
  await freshPhone()
  surroundings()
})
afterEach(() => vi.unstubAllGlobals())

const failed = (items: SelfTestItem[]): string[] => items.filter((item) => !item.ok).map((item) => item.key)

test('a sound phone passes every check and leaves nothing behind', async () => {
  const items = await runSelfTest()
  expect(items.map((item) => item.key).sort()).toEqual(['browser', 'clock', 'keys', 'persist', 'quota', 'read_back', 'secure', 'worker', 'write'])
  expect(failed(items)).toEqual([])
  expect(await (await openStore()).count('chunks')).toBe(0)
  expect(await readMeta('self_test')).toBe('ok')
})

for (const [name, over, check] of [
  ['no service worker', { serviceWorker: { getRegistration: async () => undefined } }, 'worker'],
  ['WeChat\'s browser', { userAgent: 'Mozilla/5.0 MicroMessenger/8.0.47' }, 'browser'],
  ['a browser that may clear the store', { storage: { estimate: async () => ({ usage: 0, quota: QUOTA }), persisted: async () => false, persist: async () => false } }, 'persist'],
  ['too little room', { storage: { estimate: async () => ({ usage: 0, quota: 199 * 1024 ** 2 }), persisted: async () => true, persist: async () => true } }, 'quota'],
] as const) {
  test(`${name} is named`, async () => {
    surroundings(over)
    expect(failed(await runSelfTest())).toEqual([check])
    expect(await readMeta('self_test')).toBe(check)
  })
}

test('a phone too full for five megabytes is named, and the trial leaves no piece', async () => {
  const kept = IDBObjectStore.prototype.put
  let count = 0
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: [unknown]) {
    if (this.name === 'chunks' && ++count > 50) throw new DOMException('full', 'QuotaExceededError')
    return kept.apply(this, args)
  }
  const items = await runSelfTest()
  IDBObjectStore.prototype.put = kept
  expect(items.find((item) => !item.ok)).toMatchObject({ key: 'read_back', detail: 'storage_full' })
  expect(await (await openStore()).count('chunks')).toBe(0)
})

test('a disk that gives back other bytes than it got is named', async () => {
  const kept = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...[row]: [any]) {
    if (this.name === 'chunks' && row.index === 7) return kept.call(this, { ...row, bytes: new ArrayBuffer(row.bytes.byteLength) })
    return kept.call(this, row)
  }
  const items = await runSelfTest()
  IDBObjectStore.prototype.put = kept
  expect(failed(items)).toEqual(['read_back'])
})

test('a disk that writes nothing fails by name and throws nothing', async () => {
  const kept = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = () => { throw new DOMException('disk', 'UnknownError') }
  const items = await runSelfTest()
  IDBObjectStore.prototype.put = kept
  expect(failed(items)).toEqual(expect.arrayContaining(['write', 'read_back']))
})

test('WeChat is known by its own name', () => {
  expect(isWeChat('Mozilla/5.0 MicroMessenger/8.0.47')).toBe(true)
  expect(isWeChat('Mozilla/5.0 Chrome/120')).toBe(false)
})
