import { expect, test, vi } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishObservation, finishVisit, reportUrgent } from '../src/store/outbox'
import { noteGone } from '../src/store/photo_gone'
import { photoBlob } from '../src/store/photos'
import { exportRescue, importRescue } from '../src/store/rescue'
import { syncNow } from '../src/sync/sender'
import { waitingItems } from '../src/sync/waiting'
import { OTHER_USER, sampleBytes, sampleCase } from './support/sample'
import { OTHER_PIN, seedCases } from './support/seeded'
import { photo, snapshot, unsentWork, URGENT } from './support/unsent'
import { enterAs, freshPhone, freshWorld } from './support/world'

const world = freshWorld()

/** Somebody else's phone, signed in. */
async function otherPhone(): Promise<void> {
  await freshPhone()
  world.server.user = OTHER_USER
  await enterAs(OTHER_USER.username, OTHER_PIN)
}

test('the file a photo was once saved in brings its lost pieces back, on the very phone', async () => {
  const work = await unsentWork()
  const { file } = await exportRescue()
  const db = await openStore()
  await db.delete('chunks', [work.photoId, 1])
  await syncNow()
  expect((await db.get('photos', work.photoId))!.refused).toMatchObject({ code: 'photo_not_here' })
  await noteGone(work.photoId)
  expect(await importRescue(file)).toEqual({ items: 0, photos: 0, known: 5, restored: 1 })
  expect((await photoBlob(work.photoId)).size).toBe(120_000)
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(work.photoId)!.picture!.equals(sampleBytes(120_000, 1))).toBe(true)
  expect(await importRescue(file)).toMatchObject({ known: 5, restored: 0 })
})

test('what no header can carry, or names nobody, is no rescue file', async () => {
  await unsentWork()
  const content = JSON.parse(await (await exportRescue()).file.text())
  await otherPhone()
  const before = await snapshot()
  const [item, photoPart] = [content.items[0], content.photos[0]]
  for (const bad of ['行\n行', `${photoPart.signature}\n`, '签名'.repeat(43), 'A'.repeat(85), '']) {
    for (const [name, value] of [['signature', bad], ['device_id', bad], ['author', bad]] as const) {
      const asPhoto = { ...content, photos: [{ ...photoPart, [name]: value }] }
      const asItem = { ...content, items: [{ ...item, envelope: { ...item.envelope, [name]: value } }] }
      for (const one of name === 'author' && bad.startsWith('A') ? [] : [asPhoto, asItem]) {
        expect(await importRescue(new Blob([JSON.stringify(one)])).then(() => 'taken', (cause) => cause.code)).toBe('rescue_torn')
      }
    }
  }
  expect(await snapshot()).toBe(before)
})

test('what an older program took in and no header can carry is named and holds up nothing of the carrier\'s', async () => {
  const work = await unsentWork()
  const { file } = await exportRescue()
  await otherPhone()
  await importRescue(file)
  const db = await openStore()
  await db.put('photos', { ...(await db.get('photos', work.photoId))!, signature: '签\n名' })
  expect(await syncNow()).toMatchObject({ ok: true, photosReceived: 1 })
  expect((await db.get('photos', work.photoId))!.refused).toMatchObject({ code: 'rescue_torn' })
})

test('what was carried goes after what was done on this phone', async () => {
  await unsentWork()
  const { file } = await exportRescue()
  await otherPhone()
  await importRescue(file)
  await seedCases(OTHER_USER.id, [sampleCase({ id: 'case-1' })])
  const own = await finishObservation('case-1', { observed_at: '2026-07-08T01:00:00Z', text: '牛卖了', facts: {} })
  const danger = await reportUrgent('case-1', URGENT)
  const order = (await waitingItems(true)).map((row) => row.carried === true)
  expect(order).toEqual([false, false, true, true, true])
  expect((await waitingItems(true)).slice(0, 2).map((row) => row.id)).toEqual([danger.id, own.id])
})

test('a large file is read a slice at a time, one photo after the other', { timeout: 30_000 }, async () => {
  await saveAnswers('case-1', { living_size: 4 })
  for (let seed = 1; seed <= 6; seed += 1) await photo(300_000, seed)
  await finishVisit('case-1')
  const { file } = await exportRescue()
  await otherPhone()
  const whole = vi.spyOn(Blob.prototype, 'text')
  const slices = vi.spyOn(Blob.prototype, 'slice')
  expect(await importRescue(file)).toEqual({ items: 1, photos: 6, known: 0, restored: 0 })
  expect(whole.mock.contexts).not.toContain(file)
  expect(Math.max(...slices.mock.calls.map(([from, to]) => to! - from!))).toBe(1024 * 1024)
  expect(slices.mock.calls.length).toBeGreaterThan(6)
  vi.restoreAllMocks()
})
