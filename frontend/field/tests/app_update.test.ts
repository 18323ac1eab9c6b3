import { beforeEach, expect, test, vi } from 'vitest'

type Listener = (event: object) => void
type Updates = typeof import('../src/sync/app_update')

let updates: Updates
let heard: Record<string, Listener>
let asked: unknown[]
let reloads: number

/** A page that is run by a worker while a newer one waits. */
beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['setInterval'] })
  heard = {}
  asked = []
  reloads = 0
  const waiting = {
    postMessage: (message: unknown, [port]: [MessagePort]) => {
      asked.push(message)
      port.postMessage({ isActivated: true })
    },
  }
  const registration = { waiting, installing: null, addEventListener: () => null, update: async () => null }
  const serviceWorker = {
    controller: {}, register: async () => registration,
    addEventListener: (name: string, listener: Listener) => (heard[name] = listener),
  }
  vi.stubGlobal('navigator', { serviceWorker })
  vi.stubGlobal('location', { reload: () => (reloads += 1) })
  updates = await import('../src/sync/app_update')
  await updates.registerWorker()
})

test('a newer version is offered and taken while no form is open', async () => {
  const offers: number[] = []
  updates.onUpdateReady(() => offers.push(1))
  expect(offers).toHaveLength(1)
  expect(await updates.applyUpdate()).toBe(true)
  expect(asked).toEqual([{ type: 'ruhu:activate' }])
  heard.controllerchange!({})
  expect(reloads).toBe(1)
})

test('with a form open nothing is offered, and offered when it closes', () => {
  const offers: number[] = []
  const close = updates.holdUpdates()
  updates.onUpdateReady(() => offers.push(1))
  expect(offers).toEqual([])
  close()
  close()
  expect(offers).toHaveLength(1)
})

test('with a form open nothing is taken', async () => {
  updates.holdUpdates()
  expect(await updates.applyUpdate()).toBe(false)
  expect(asked).toEqual([])
})

test('a version that took over in another window reloads this one when its form closes', () => {
  const close = updates.holdUpdates()
  heard.controllerchange!({})
  expect(reloads).toBe(0)
  close()
  expect(reloads).toBe(1)
})

test('the worker is told whether a form is open', () => {
  const said: unknown[] = []
  const ask = () => heard.message!({
    data: { type: 'ruhu:is-form-open' }, ports: [{ postMessage: (message: unknown) => said.push(message) }],
  })
  ask()
  const close = updates.holdUpdates()
  ask()
  close()
  ask()
  expect(said).toEqual([{ isOpen: false }, { isOpen: true }, { isOpen: false }])
})

test('switched off by the administrator, no worker is registered and the one there goes', async () => {
  vi.resetModules()
  const unregister = vi.fn(async () => true)
  const register = vi.fn()
  vi.stubGlobal('navigator', {
    serviceWorker: { register, getRegistration: async () => ({ unregister }), addEventListener: () => null },
  })
  vi.stubGlobal('document', { querySelector: (mark: string) => (mark.includes('ruhu-offline') ? {} : null) })
  await (await import('../src/sync/app_update')).registerWorker()
  vi.unstubAllGlobals()
  expect([register.mock.calls.length, unregister.mock.calls.length]).toEqual([0, 1])
})

test('the page that brought the first worker stays with it, and reloads for the next', async () => {
  vi.resetModules()
  Object.assign(navigator.serviceWorker, { controller: null })
  await (await import('../src/sync/app_update')).registerWorker()
  heard.controllerchange!({})
  expect(reloads).toBe(0)
  heard.controllerchange!({})
  expect(reloads).toBe(1)
})
