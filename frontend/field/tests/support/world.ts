import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach } from 'vitest'
import { closeStore } from '../../src/store/db'
import { doubtSession, restoreSession, signIn } from '../../src/store/session'
import { createVault, hasVault, unlock } from '../../src/store/vault'
import { dropKeys } from '../../src/store/vault_state'
import { noteSent, SMALL_CHUNK } from '../../src/sync/chunk_size'
import { setApiBase } from '../../src/sync/http'
import { syncNow } from '../../src/sync/sender'
import { FakeServer } from './fake_server'
import { Line } from './line'
import { sampleCase } from './sample'
import { FEW_ITERATIONS, PIN } from './seeded'

export type World = { server: FakeServer }

/** A fresh phone, signed in and open, that knows one case; and a server behind a real line. */
export function freshWorld(): World {
  const world = {} as World
  let line: Line
  beforeEach(async () => {
    await freshPhone()
    // Whatever the line of the test before was like.
    noteSent(SMALL_CHUNK, 400)
    world.server = await new FakeServer().start()
    world.server.cases = [sampleCase()]
    line = new Line(world.server)
    setApiBase(await line.open())
    await enterAs('grid01')
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
  dropKeys()
}

/** Signs in, and chooses or types the PIN. */
export async function enterAs(username: string, pin = PIN): Promise<void> {
  const { user } = await signIn(username, 'right')
  if (await hasVault(user.id)) await unlock(user.id, pin)
  else await createVault(user.id, pin, FEW_ITERATIONS)
}

/** What a restart of the browser leaves: the store, and nothing held in memory. */
export async function restartLocked(): Promise<void> {
  await closeStore()
  doubtSession()
  dropKeys()
}

/** A restart, and the PIN typed by who was there before. */
export async function restartPhone(pin = PIN): Promise<void> {
  await restartLocked()
  const session = await restoreSession()
  if (session && (await hasVault(session.user.id))) await unlock(session.user.id, pin)
}
