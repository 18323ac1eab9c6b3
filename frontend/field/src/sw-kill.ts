// Served in place of sw.js to switch the worker off: the app then comes from the network again.
// It empties the worker's own caches only; the person's work is in IndexedDB and stays.
declare const self: ServiceWorkerGlobalScope

const PREFIX = 'ruhu-shell-'

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (event) => event.waitUntil(standDown()))

async function standDown(): Promise<void> {
  // First of all: a page that reloads now must not meet this worker again.
  await self.registration.unregister()
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX))
  await Promise.all(names.map((name) => caches.delete(name)))
}

export {}
