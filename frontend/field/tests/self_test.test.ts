import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Router } from 'vue-router'
import { checkAgain, checkFew, checkOnStart, checks, lastCheck } from '../src/composables/checkup'
import { openStore } from '../src/store/db'
import { readMeta, writeMeta } from '../src/store/meta'
import { isWeChat, runSelfTest, type SelfTestItem } from '../src/store/self_test'
import { freshPhone } from './support/world'

const QUOTA = 2 * 1024 ** 3

function surroundings(over: object = {}): void {
  vi.stubGlobal('navigator', {
    userAgent: 'Mozilla/5.0 (Linux; Android 12) Chrome/120',
    serviceWorker: { ready: Promise.resolve(), getRegistration: async () => ({ active: {} }) },
    storage: { estimate: async () => ({ usage: 1, quota: QUOTA }), persisted: async () => true, persist: async () => true },
    permissions: { query: async () => ({ state: 'prompt' }) },
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
  expect(items.map((item) => item.key).sort()).toEqual(['browser', 'camera', 'clock', 'keys', 'persist', 'quota', 'read_back', 'secure', 'worker', 'write'])
  expect(failed(items)).toEqual([])
  expect(await (await openStore()).count('chunks')).toBe(0)
  expect(await readMeta('self_test')).toBe('ok')
})

for (const [name, over, check] of [
  ['no service worker', { serviceWorker: { ready: Promise.resolve(), getRegistration: async () => undefined } }, 'worker'],
  ['WeChat\'s browser', { userAgent: 'Mozilla/5.0 MicroMessenger/8.0.47' }, 'browser'],
  ['a browser that may clear the store', { storage: { estimate: async () => ({ usage: 0, quota: QUOTA }), persisted: async () => false, persist: async () => false } }, 'persist'],
  ['too little room', { storage: { estimate: async () => ({ usage: 0, quota: 199 * 1024 ** 2 }), persisted: async () => true, persist: async () => true } }, 'quota'],
  ['a camera that was denied', { permissions: { query: async () => ({ state: 'denied' }) } }, 'camera'],
] as const) {
  test(`${name} is named`, async () => {
    surroundings(over)
    expect(failed(await runSelfTest())).toEqual([check])
    expect(await readMeta('self_test')).toBe(check)
  })
}

test('a browser that does not say who may use the camera is not blamed for it', async () => {
  surroundings({ permissions: { query: async () => { throw new TypeError('unknown name') } } })
  expect(failed(await runSelfTest())).toEqual([])
})

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

test('looking at a part leaves what the rest was told to be', async () => {
  await writeMeta('self_test', 'camera,quota')
  expect((await runSelfTest(['write', 'quota'])).map((item) => item.key)).toEqual(['write', 'quota'])
  expect(await readMeta('self_test')).toBe('camera')
})

/** Where a start leads, on a phone that was found sound before. */
async function started(isSwitchedOff = false): Promise<unknown[]> {
  const last = JSON.stringify({ version: __APP_VERSION__, all: 10, bad: 0 })
  vi.stubGlobal('localStorage', { getItem: () => last, setItem: () => undefined })
  vi.stubGlobal('document', { activeElement: null, querySelector: () => (isSwitchedOff ? {} : null) })
  vi.stubGlobal('HTMLInputElement', class {})
  checks.value = undefined
  const pushed: unknown[] = []
  const router = { isReady: async () => undefined, currentRoute: { value: { name: 'tasks' } }, push: async (to: unknown) => void pushed.push(to) }
  await checkOnStart(router as unknown as Router)
  return pushed
}

test('a later start looks at what costs nothing, and writes no five megabytes', async () => {
  const kept = IDBObjectStore.prototype.put
  const written: string[] = []
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: [unknown]) {
    written.push(this.name)
    return kept.apply(this, args)
  }
  const pushed = await started()
  IDBObjectStore.prototype.put = kept
  expect([pushed, checks.value]).toEqual([[], undefined])
  expect(new Set(written)).toEqual(new Set(['meta']))
})

for (const [name, over] of [
  ['without its worker', { serviceWorker: { ready: Promise.resolve(), getRegistration: async () => undefined } }],
  ['with little room', { storage: { estimate: async () => ({ usage: 0, quota: 1 }), persisted: async () => true, persist: async () => true } }],
] as const) {
  test(`a later start ${name} shows the red screen with all that fails`, async () => {
    surroundings(over)
    expect(await started()).toEqual([{ name: 'check', query: { first: '' } }])
    expect(checks.value).toHaveLength(10)
    expect(checks.value?.[0]?.ok).toBe(false)
  })
}

test('a worker that the office took away is nothing a phone could mend', async () => {
  surroundings({ serviceWorker: { ready: Promise.resolve(), getRegistration: async () => undefined } })
  expect(await started(true)).toEqual([])
})

test('a later start on a disk that writes nothing shows the red screen', async () => {
  const kept = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = () => { throw new DOMException('disk', 'UnknownError') }
  const pushed = await started()
  IDBObjectStore.prototype.put = kept
  expect(pushed).toEqual([{ name: 'check', query: { first: '' } }])
})

test('a browser that will not promise to keep anything stands in nobody\'s way at each start', async () => {
  const storage = { estimate: async () => ({ usage: 1, quota: QUOTA }), persisted: async () => false, persist: async () => false }
  surroundings({ storage })
  expect(await started()).toEqual([])
  expect(await readMeta('self_test')).toBe('persist')
})

test('what the browser promised meanwhile is no fault any longer, and what else failed stays one', async () => {
  const store = { estimate: async () => ({ usage: 0, quota: QUOTA }), persisted: async () => false, persist: async () => false }
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => kept.set(key, text) })
  surroundings({ storage: store, permissions: { query: async () => ({ state: 'denied' }) } })
  await checkAgain()
  expect(lastCheck()).toMatchObject({ all: 10, bad: 2 })
  surroundings({ permissions: { query: async () => ({ state: 'denied' }) } })
  await checkFew()
  expect(lastCheck()).toMatchObject({ all: 10, bad: 1 })
})
