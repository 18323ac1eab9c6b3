// Keeps the whole app on the phone, never an answer of /api. Updates wait until no form is open.
declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: { url: string; revision: string }[]

const SHELL = '/field/'
const PREFIX = 'ruhu-shell-'
const CACHE = PREFIX + fingerprint()
const ANSWER_MS = 2000

function fingerprint(): string {
  let hash = 0
  for (const char of JSON.stringify(__PRECACHE__)) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0
  return (hash >>> 0).toString(36)
}

self.addEventListener('install', (event) => event.waitUntil(precache()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && url.pathname.startsWith(SHELL)) event.respondWith(fromCache(SHELL, request))
  else if (url.pathname.startsWith('/static/')) event.respondWith(fromCache(url.pathname, request))
})
self.addEventListener('message', (event) => {
  if (event.data?.type !== 'ruhu:activate') return
  event.waitUntil(activateWhenFree().then((isActivated) => event.ports[0]?.postMessage({ isActivated })))
})

/** All or nothing: a shell without one of its parts must never become the app. */
async function precache(): Promise<void> {
  const cache = await caches.open(CACHE)
  const shell = await fetchWhole(SHELL)
  const linked = linkedBy(await shell.clone().text())
  const listed = __PRECACHE__.map((entry) => entry.url)
  await cache.put(SHELL, shell)
  for (const url of new Set([...listed, ...linked])) {
    await cache.put(url, (await keptCopy(url)) ?? (await fetchWhole(url)))
  }
}

/** What the shell page itself links: token sheet, icons, web manifest. */
function linkedBy(html: string): string[] {
  const found = html.matchAll(/(?:href|src)="(\/static\/[^"?#]+)/g)
  return Array.from(found, (match) => match[1]!)
}

/** Files with a hash in their name never change, so an older cache saves the download. */
async function keptCopy(url: string): Promise<Response | undefined> {
  return /-[\w-]{8}\.\w+$/.test(url) ? caches.match(url) : undefined
}

async function fetchWhole(url: string): Promise<Response> {
  const response = await fetch(url, { cache: 'reload', credentials: 'same-origin', redirect: 'error' })
  const isPage = response.headers.get('Content-Type')?.includes('text/html') ?? false
  // A login page of somebody's network answers 200 for everything, always as HTML.
  if (!response.ok || isPage !== (url === SHELL)) throw new Error(`cannot precache ${url}`)
  if (isPage && !(await response.clone().text()).includes('id="app"')) throw new Error('not our shell')
  return response
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function fromCache(key: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(key)
  return kept ?? fetch(request)
}

async function activateWhenFree(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const fieldWindows = windows.filter((client) => new URL(client.url).pathname.startsWith(SHELL))
  const answers = await Promise.all(fieldWindows.map(isFormOpen))
  if (answers.some(Boolean)) return false
  await self.skipWaiting()
  return true
}

/** A window that does not answer may be a form in a sleeping tab, so it counts as open. */
function isFormOpen(client: Client): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const timer = setTimeout(() => resolve(true), ANSWER_MS)
    port1.onmessage = (event) => {
      clearTimeout(timer)
      resolve(event.data?.isOpen !== false)
    }
    client.postMessage({ type: 'ruhu:is-form-open' }, [port2])
  })
}

export {}
