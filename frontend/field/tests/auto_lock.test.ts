import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beforeLock, isUnlocked, startAutoLock } from '../src/store/vault'
import { LOCK_AFTER_MS } from '../src/store/vault_lock'
import { dropKeys, keepOpen } from '../src/store/vault_state'
import { USER } from './support/sample'

const MINUTE = 60_000
let page: EventTarget
let stop: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  page = new EventTarget()
  vi.stubGlobal('document', page)
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  stop = startAutoLock()
  keepOpen(USER.id, key)
})
afterEach(() => {
  stop()
  dropKeys()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const isOpen = (): boolean => isUnlocked(USER.id)

test('five minutes without a touch lock', async () => {
  expect(LOCK_AFTER_MS).toBe(5 * MINUTE)
  await vi.advanceTimersByTimeAsync(LOCK_AFTER_MS - 1_000)
  expect(isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(isOpen()).toBe(false)
})

for (const name of ['pointerdown', 'keydown', 'touchstart']) {
  test(`a ${name} begins the five minutes anew`, async () => {
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    page.dispatchEvent(new Event(name))
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    expect(isOpen()).toBe(true)
    await vi.advanceTimersByTimeAsync(MINUTE + 1_000)
    expect(isOpen()).toBe(false)
  })
}

test('opened late, it still locks by itself', async () => {
  dropKeys()
  await vi.advanceTimersByTimeAsync(20 * MINUTE)
  keepOpen(USER.id, await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']))
  page.dispatchEvent(new Event('pointerdown'))
  await vi.advanceTimersByTimeAsync(4 * MINUTE)
  expect(isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  expect(isOpen()).toBe(false)
})

for (const [name, waking] of [['looks at the clock', 'visibilitychange'], ['is touched', 'pointerdown']] as const) {
  test(`a phone that slept past the five minutes is locked when it ${name}`, async () => {
    vi.setSystemTime(Date.now() + 20 * MINUTE)
    page.dispatchEvent(new Event(waking))
    await vi.advanceTimersByTimeAsync(1)
    expect(isOpen()).toBe(false)
  })
}

test('what is typed is saved before the keys go', async () => {
  const seen: boolean[] = []
  const drop = beforeLock(async () => {
    await Promise.resolve()
    seen.push(isOpen())
  })
  await vi.advanceTimersByTimeAsync(LOCK_AFTER_MS + 1_000)
  drop()
  expect(seen).toEqual([true])
  expect(isOpen()).toBe(false)
})

for (const [name, hook] of [
  ['hangs', () => new Promise<void>(() => undefined)],
  ['fails', () => Promise.reject(new Error('disk'))],
] as const) {
  test(`a save that ${name} does not keep the phone open`, async () => {
    const drop = beforeLock(hook)
    await vi.advanceTimersByTimeAsync(LOCK_AFTER_MS + 10_000)
    drop()
    expect(isOpen()).toBe(false)
  })
}
