import { beforeEach, expect, test, vi } from 'vitest'

const WORKER = new URL('../src/sw.ts', import.meta.url).href
const ORIGIN = 'https://ruhu.example'
const ENTRY = '/static/field/assets/index-12345678.js'
const SHELL = '<html><link href="/static/tokens.css"><div id="app"></div></html>'

type Heard = { respondWith?: Promise<Response>; done: Promise<unknown>[] }

/** What a page's window says when the worker asks whether a form is open; null says nothing. */
let windows: (boolean | null)[] = []
let kept: Map<string, Map<string, Response>>
let answers: Record<string, () => Response>
let heard: Record<string, (event: object) => void>
let skipped: number

beforeEach(async () => {
  vi.resetModules()
  windows = []
  kept = new Map()
  heard = {}
  skipped = 0
  answers = { '/field/': page(SHELL), [ENTRY]: file('let app'), '/static/tokens.css': file('a{}') }
  const caches = {
    open: async (name: string) => cacheOf(name), keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name), match: async () => undefined,
  }
  const self = {
    location: new URL(`${ORIGIN}/field/sw.js`), skipWaiting: async () => (skipped += 1),
    addEventListener: (name: string, listener: (event: object) => void) => (heard[name] = listener),
    clients: { claim: async () => null, matchAll: async () => windows.map(windowThatSays) },
  }
  vi.stubGlobal('self', self)
  vi.stubGlobal('caches', caches)
  vi.stubGlobal('fetch', async (address: string | Request) => {
    const path = typeof address === 'string' ? address : new URL(address.url).pathname
    return (answers[path] ?? (() => new Response('', { status: 404 })))()
  })
  vi.stubGlobal('__PRECACHE__', [{ url: ENTRY, revision: '1' }])
  // Checked with the libraries of a worker, not with those of a page.
  await import(/* @vite-ignore */ WORKER)
})

function page(text: string) {
  return () => new Response(text, { headers: { 'Content-Type': 'text/html' } })
}

function file(text: string) {
  return () => new Response(text, { headers: { 'Content-Type': 'text/plain' } })
}

function cacheOf(name: string) {
  const content = kept.get(name) ?? new Map<string, Response>()
  kept.set(name, content)
  return {
    put: async (key: string, response: Response) => void content.set(key, response),
    match: async (key: string) => content.get(key)?.clone(),
  }
}

function windowThatSays(isOpen: boolean | null) {
  return {
    url: `${ORIGIN}/field/cases/1`,
    postMessage: (_message: unknown, [port]: [MessagePort]) => {
      if (isOpen !== null) port.postMessage({ isOpen })
    },
  }
}

async function tell(name: string, event: object = {}): Promise<Heard> {
  const told: Heard = { done: [] }
  heard[name]!({
    ...event, waitUntil: (work: Promise<unknown>) => told.done.push(work),
    respondWith: (response: Promise<Response>) => (told.respondWith = response),
  })
  await Promise.all(told.done)
  return told
}

async function asked(path: string, options: object = {}): Promise<Heard> {
  return tell('fetch', { request: { method: 'GET', url: ORIGIN + path, mode: 'cors', ...options } })
}

async function isTakingOver(): Promise<boolean> {
  let said = { isActivated: false }
  const port = { postMessage: (message: { isActivated: boolean }) => (said = message) }
  await tell('message', { data: { type: 'ruhu:activate' }, ports: [port] })
  return said.isActivated
}

function keptKeys(): string[] {
  return [...kept.values()].flatMap((content) => [...content.keys()]).sort()
}

test('the whole app is on the phone after the first visit, and opens without a network', async () => {
  await tell('install')
  expect(keptKeys()).toEqual(['/field/', ENTRY, '/static/tokens.css'].sort())
  answers = {}
  expect(await (await (await asked('/field/cases/7', { mode: 'navigate' })).respondWith)!.text()).toBe(SHELL)
  expect(await (await (await asked(ENTRY)).respondWith)!.text()).toBe('let app')
})

test('an answer of the server is never kept nor given from what was kept', async () => {
  await tell('install')
  answers['/api/v1/session'] = file('{}')
  for (const path of ['/api/v1/session', '/api/v1/uploads/1', '/desk/']) {
    expect((await asked(path)).respondWith).toBeUndefined()
  }
  expect((await asked('/static/field/x.js', { method: 'POST' })).respondWith).toBeUndefined()
  expect(keptKeys().filter((key) => key.startsWith('/api'))).toEqual([])
})

for (const [name, spoil] of [
  ['a file is missing', () => delete answers[ENTRY]],
  ['a portal answers for a file', () => (answers[ENTRY] = page('login'))],
  ['a portal answers for the shell', () => (answers['/field/'] = page('login'))],
] as const) {
  test(`while ${name} no half of an app becomes the app`, async () => {
    spoil()
    await expect(tell('install')).rejects.toThrow()
  })
}

test('a newer version takes over when no window has a form open', async () => {
  windows = [false, false]
  expect(await isTakingOver()).toBe(true)
  expect(skipped).toBe(1)
})

test('a newer version waits while a form is open in any window', async () => {
  windows = [false, true]
  expect(await isTakingOver()).toBe(false)
  expect(skipped).toBe(0)
})

test('a newer version waits for a window that does not answer', async () => {
  windows = [null]
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const waiting = isTakingOver()
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  expect(await waiting).toBe(false)
  expect(skipped).toBe(0)
})
