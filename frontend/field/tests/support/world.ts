import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach } from 'vitest'
import { closeStore } from '../../src/store/db'
import { doubtSession, signIn } from '../../src/store/session'
import { setApiBase } from '../../src/sync/http'
import { syncNow } from '../../src/sync/sender'
import { FakeServer } from './fake_server'
import { Line } from './line'
import { sampleCase } from './sample'

export type World = { server: FakeServer }

/** A fresh phone, signed in, that knows one case; and a server behind a real line. */
export function freshWorld(): World {
  const world = {} as World
  let line: Line
  beforeEach(async () => {
    await freshPhone()
    world.server = await new FakeServer().start()
    world.server.cases = [sampleCase()]
    line = new Line(world.server)
    setApiBase(await line.open())
    await signIn('grid01', 'right')
    await syncNow()
    world.server.requests.length = 0
  })
  afterEach(async () => {
    await line.close()
    await closeStore()
  })
  return world
}

export async function freshPhone(): Promise<void> {
  await closeStore()
  globalThis.indexedDB = new IDBFactory()
  doubtSession()
}

/** What a restart of the browser leaves: the store, and nothing held in memory. */
export async function restartPhone(): Promise<void> {
  await closeStore()
  doubtSession()
}
