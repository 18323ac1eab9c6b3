import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { publicJwk } from '../src/store/device_keys'
import { saveAnswers } from '../src/store/drafts'
import { readMeta, writeMeta } from '../src/store/meta'
import { finishVisit, outboxCount, reportUrgent } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { deviceId, doubtSession } from '../src/store/session'
import { syncNow } from '../src/sync/sender'
import { json, PORTAL } from './support/fake_server'
import { sampleBytes, USER } from './support/sample'
import { freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const URGENT = { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }

/** Two items and a photo, all received. */
async function received(): Promise<{ items: string[]; photoId: string }> {
  await saveAnswers('case-1', { living_size: 4 })
  const photo = await keepPhoto({
    caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(90_000))
  const items = [(await finishVisit('case-1')).id, (await reportUrgent('case-1', URGENT)).id]
  expect(await syncNow()).toMatchObject({ ok: true, received: 2, photosReceived: 1 })
  return { items, photoId: photo.id }
}

async function isAllThere({ items, photoId }: { items: string[]; photoId: string }): Promise<void> {
  expect([...world.server.stored.keys()].sort()).toEqual([...items].sort())
  for (const id of items) expect(world.server.stored.get(id)).toHaveLength(1)
  expect(world.server.tus.stored(photoId)).toBeDefined()
  expect(await outboxCount()).toMatchObject({ items: 0, photos: 0 })
}

test('a restored server gets what it lacks, and the old receipts are kept', async () => {
  const work = await received()
  world.server.restore('epoch-2')
  expect(await syncNow()).toMatchObject({ ok: true, received: 2, photosReceived: 1 })
  await isAllThere(work)
  const row = (await (await openStore()).get('items', work.items[0]!))!
  expect(row.earlier_receipt?.receipt_no).toBe('3F7A-91C2')
  expect(await readMeta('epoch')).toBe('epoch-2')
})

test('what the restored server still has is not sent again', async () => {
  const work = await received()
  const [kept] = work.items
  const envelopes = world.server.stored.get(kept!)!
  world.server.restore('epoch-2')
  world.server.stored.set(kept!, envelopes)
  world.server.bodies.length = 0
  await syncNow()
  const sent = world.server.bodies.filter((one) => one.path === '/inbox').flatMap((one) => one.body.items)
  expect(sent.map((item: { id: string }) => item.id)).toEqual([work.items[1]])
  await isAllThere(work)
})

/** Enrolled, with work received; then the server is put back, and the account is closed or signed out. */
async function signedOutAfterRestore(): Promise<{ items: string[]; photoId: string }> {
  world.server.enrol(await deviceId(), await publicJwk(), USER.id)
  doubtSession()
  const work = await received()
  world.server.restore('epoch-2')
  world.server.isSignedIn = false
  doubtSession()
  return work
}

test('what a restored server lacks comes back by the phone\'s signature, with nobody signed in', async () => {
  const work = await signedOutAfterRestore()
  expect(await syncNow()).toMatchObject({ received: 2, photosReceived: 1 })
  await isAllThere(work)
  expect(await readMeta('epoch')).toBe('epoch-2')
})

test('a restore that is noticed with a deposit is followed with nobody signed in', async () => {
  const work = await signedOutAfterRestore()
  await reportUrgent('case-1', URGENT)
  expect((await syncNow()).received).toBe(3)
  for (const id of work.items) expect(world.server.stored.get(id)).toHaveLength(1)
})

test('what a restored server lacks is not forgotten before somebody signs in again', async () => {
  const work = await signedOutAfterRestore()
  // Put back to a day before this phone was enrolled: only a person can speak for it.
  world.server.devices.clear()
  world.server.clockAheadMs = 31 * 86_400_000
  // What it knows of the server's time is enough to forget by; what turns it away tells neither time nor epoch.
  await writeMeta('clock', { offset_ms: world.server.clockAheadMs, sampled_at: new Date().toISOString() })
  await reportUrgent('case-1', URGENT)
  expect((await syncNow()).received).toBe(0)
  await syncNow()
  world.server.isSignedIn = true
  await syncNow()
  for (const id of work.items) expect(world.server.stored.get(id)).toHaveLength(1)
  expect(world.server.tus.stored(work.photoId)).toBeDefined()
})

for (const [name, fault, error] of [
  ['is cut before it arrives', 'drop_before', 'offline'], ['is cut on its way back', 'drop_after', 'offline'],
  ['is met by a portal', PORTAL, 'not_our_server'],
  ['is met by other JSON', json(200, { items: 'all', photos: [] }), 'not_our_server'],
] as const) {
  test(`a question about what is missing that ${name} changes nothing`, async () => {
    const work = await received()
    world.server.restore('epoch-2')
    world.server.fault = (request) => (request.path.endsWith('/missing') ? fault : undefined)
    expect((await syncNow()).error).toBe(error)
    expect(await outboxCount()).toMatchObject({ items: 0, photos: 0 })
    expect(await readMeta('epoch')).toBe('epoch-1')
    world.server.fault = () => undefined
    await restartPhone()
    await syncNow()
    await isAllThere(work)
  })
}

test('a portal that speaks in the server\'s place brings no new epoch', async () => {
  await received()
  world.server.fault = () => PORTAL
  await syncNow()
  expect(await readMeta('epoch')).toBe('epoch-1')
})

for (const store of ['items', 'photos', 'meta']) {
  test(`a write to "${store}" that fails while receipts are cleared leaves all of them, or none`, async () => {
    const work = await received()
    world.server.restore('epoch-2')
    const original = IDBObjectStore.prototype.put
    let isBroken = true
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: any, key?: any) {
      if (isBroken && this.name === store && (store !== 'meta' || value.key === 'epoch')) {
        isBroken = false
        throw new DOMException('disk', 'UnknownError')
      }
      return original.call(this, value, key)
    }
    expect((await syncNow()).error).toBe('store_failed')
    IDBObjectStore.prototype.put = original
    expect(await outboxCount()).toMatchObject({ items: 0, photos: 0 })
    expect(await readMeta('epoch')).toBe('epoch-1')
    await syncNow()
    await isAllThere(work)
  })
}

test('the server\'s newest mark is kept over a restart and told with every request', async () => {
  world.server.mark = 'epoch-1.aa.proof'
  await syncNow()
  expect(await readMeta('mark')).toBe('epoch-1.aa.proof')
  await restartPhone()
  world.server.marksHeard.length = 0
  world.server.mark = 'epoch-1.bb.proof'
  await received()
  expect(world.server.marksHeard[0]).toBe('epoch-1.aa.proof')
  expect(world.server.marksHeard.filter((mark) => mark === undefined)).toEqual([])
  world.server.marksHeard.length = 0
  await syncNow()
  expect(new Set(world.server.marksHeard)).toEqual(new Set(['epoch-1.bb.proof']))
})

test('a photo\'s receipt is covered by a mark that came with it', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const photo = await keepPhoto({
    caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(90_000))
  await finishVisit('case-1')
  world.server.fault = (request) => {
    if (request.method === 'PATCH') world.server.mark = 'epoch-1.cc.proof'
    return request.path.endsWith('/heartbeat') ? 'drop_before' : undefined
  }
  await syncNow()
  expect((await (await openStore()).get('photos', photo.id))!.receipt).not.toBeNull()
  expect(await readMeta('mark')).toBe('epoch-1.cc.proof')
})

test('once photos have gone, the counts that are told say so', async () => {
  await received()
  const told = world.server.bodies.filter((one) => one.path === '/heartbeat').map((one) => one.body.photos_waiting)
  expect(new Set(told)).toEqual(new Set([0]))
  const before = world.server.bodies.find((one) => one.path === '/inbox')!.body.heartbeat.photos_waiting
  expect(before).toBe(1)
})

test('counts that could not be told are told in the next round', async () => {
  world.server.fault = (request) => (request.path.endsWith('/heartbeat') ? 'drop_before' : undefined)
  await received()
  world.server.fault = () => undefined
  await syncNow()
  expect(world.server.bodies.filter((one) => one.path === '/heartbeat')).toHaveLength(1)
})
