import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { publicJwk } from '../src/store/device_keys'
import { saveAnswers } from '../src/store/drafts'
import { readMeta } from '../src/store/meta'
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

test('what a restored server lacks is not forgotten before somebody signs in again', async () => {
  world.server.enrol(await deviceId(), await publicJwk(), USER.id)
  doubtSession()
  const work = await received()
  world.server.restore('epoch-2')
  world.server.isSignedIn = false
  doubtSession()
  world.server.clockAheadMs = 31 * 86_400_000
  await reportUrgent('case-1', URGENT)
  expect((await syncNow()).received).toBe(1)
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
