const SCRIPT = '/field/sw.js'
const SCOPE = '/field/'
const CHECK_MS = 60 * 60_000

let registration: ServiceWorkerRegistration | null = null
let openForms = 0
let isReloadWanted = false
const listeners = new Set<() => void>()

/** Registers the worker that keeps the app offline. Does nothing where there are no workers. */
export async function registerWorker(): Promise<void> {
  const workers = globalThis.navigator?.serviceWorker
  if (!workers) return
  if (isSwitchedOff()) return standDown(workers)
  let hadWorker = workers.controller !== null
  workers.addEventListener('message', answerWorker)
  workers.addEventListener('controllerchange', () => {
    // The very first worker takes over a page that already is the newest.
    if (hadWorker) reloadWhenFree()
    hadWorker = true
  })
  try {
    registration = await workers.register(SCRIPT, { scope: SCOPE, updateViaCache: 'none' })
  } catch (cause) {
    console.warn('service worker not registered', cause)
    return
  }
  registration.addEventListener('updatefound', () => {
    registration?.installing?.addEventListener('statechange', tellWhenReady)
  })
  setInterval(() => void lookForUpdate(), CHECK_MS)
  tellWhenReady()
}

/** The administrator's switch; it stands in a page that came from the network. */
export function isSwitchedOff(): boolean {
  return !!globalThis.document?.querySelector('meta[name="ruhu-offline"][content="off"]')
}

async function standDown(workers: ServiceWorkerContainer): Promise<void> {
  await (await workers.getRegistration(SCOPE))?.unregister()
}

/** Asks the server for a newer version; offline this finds nothing. */
export async function lookForUpdate(): Promise<void> {
  await registration?.update().catch(() => null)
}

/** Call when a form opens; call the answer when it closes. Updates wait meanwhile. */
export function holdUpdates(): () => void {
  openForms += 1
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    openForms -= 1
    if (isReloadWanted) reloadWhenFree()
    tellWhenReady()
  }
}

/** Called when a newer version waits and no form is open in this window. */
export function onUpdateReady(callback: () => void): () => void {
  listeners.add(callback)
  if (isReady()) callback()
  return () => listeners.delete(callback)
}

/** Asks the waiting version to take over; false when a form is open in any window. */
export async function applyUpdate(): Promise<boolean> {
  const waiting = registration?.waiting
  if (!waiting || openForms > 0) return false
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (event) => resolve(event.data?.isActivated === true)
    waiting.postMessage({ type: 'ruhu:activate' }, [port2])
  })
}

function isReady(): boolean {
  // Without a controller the waiting worker is the first one, not an update.
  return openForms === 0 && !!registration?.waiting && navigator.serviceWorker.controller !== null
}

function tellWhenReady(): void {
  if (isReady()) listeners.forEach((listener) => listener())
}

function answerWorker(event: MessageEvent): void {
  if (event.data?.type === 'ruhu:is-form-open') event.ports[0]?.postMessage({ isOpen: openForms > 0 })
}

function reloadWhenFree(): void {
  isReloadWanted = true
  if (openForms === 0) location.reload()
}
