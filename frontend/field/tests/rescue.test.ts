import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { publicJwk } from '../src/store/device_keys'
import { saveAnswers } from '../src/store/drafts'
import { makePlainEnvelope } from '../src/store/envelope'
import { finishVisit, listOutbox, outboxOf, reportUrgent } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { purgeReceived } from '../src/store/purge'
import { exportRescue, importRescue, rescueContents } from '../src/store/rescue'
import { confirmedSession, deviceId, doubtSession } from '../src/store/session'
import { syncNow } from '../src/sync/sender'
import { Opener, openPhoto } from './support/opener'
import { OTHER_USER, sampleBytes, sampleCase, USER } from './support/sample'
import { OTHER_PIN } from './support/seeded'
import { snapshot, unsentWork, URGENT } from './support/unsent'
import { enterAs, freshPhone, freshWorld } from './support/world'

const world = freshWorld()
const VECTOR = new URL('../../../tests/vectors/rescue.json', import.meta.url)
const AUTHOR = '0198f000-0000-7000-8000-00000000a001'
const CASE = '0198f000-0000-7000-8000-00000000c001'

/** Somebody else's phone, signed in. */
async function otherPhone(): Promise<void> {
  await freshPhone()
  world.server.user = OTHER_USER
  await enterAs(OTHER_USER.username, OTHER_PIN)
}

test('work leaves a phone in a file and is handed in from another one as its author\'s', async () => {
  const work = await unsentWork()
  world.server.enrol(work.device, await publicJwk(), USER.id)
  expect(await rescueContents()).toEqual({ items: 3, photos: 2 })
  const rescued = await exportRescue()
  expect(rescued).toMatchObject({ items: 3, photos: 2, lost: 0 })
  expect(await rescued.file.text()).not.toMatch(/房子塌了|马占海|living_size/)
  await otherPhone()
  expect(await importRescue(rescued.file)).toEqual({ items: 3, photos: 2, known: 0, restored: 0 })
  expect(await listOutbox()).toEqual([])
  expect(await outboxOf(OTHER_USER.id)).toMatchObject({ count: { items: 0 }, carried: { items: 3, photos: 2 } })
  expect(await outboxOf(USER.id)).toMatchObject({ entries: [] })
  expect(await syncNow()).toMatchObject({ ok: true, received: 3, photosReceived: 2 })
  for (const id of [work.visit, work.urgent]) expect(world.server.claims.get(id)).toEqual({ user: USER.id, flag: '' })
  expect(await world.server.read(work.visit)).toMatchObject({ answers: { living_size: 4 } })
  expect(world.server.tus.stored(work.photoId)!.picture!.equals(sampleBytes(120_000, 1))).toBe(true)
  expect(world.server.tus.stored(work.photoId)!.claim).toEqual({ user: USER.id, flag: '' })
  const draft = [...world.server.stored.values()].flat().find((item) => item.kind === 'draft')!
  expect(await world.server.read(draft.id)).toMatchObject({ fields: { living_size: 5 } })
  expect(world.server.tus.stored(work.draftPhoto)).toBeDefined()
  expect((await outboxOf(OTHER_USER.id)).carried).toEqual({ items: 0, photos: 0 })
})

test('from a phone the office does not know it goes under the name of who carries it', async () => {
  const work = await unsentWork()
  const { file } = await exportRescue()
  await otherPhone()
  await importRescue(file)
  expect(await syncNow()).toMatchObject({ ok: true, received: 3, photosReceived: 2 })
  expect(world.server.claims.get(work.visit)).toEqual({ user: OTHER_USER.id, flag: 'unproven_author' })
})

test('handed in beside a known phone\'s own work, each goes its own way', async () => {
  const work = await unsentWork()
  const { file } = await exportRescue()
  await otherPhone()
  world.server.enrol(await deviceId(), await publicJwk(), OTHER_USER.id)
  doubtSession()
  await confirmedSession()
  const own = await reportUrgent('case-1', URGENT)
  await importRescue(file)
  expect(await syncNow()).toMatchObject({ ok: true, received: 4, photosReceived: 2 })
  expect(world.server.claims.get(own.id)).toEqual({ user: OTHER_USER.id, flag: '' })
  expect(world.server.claims.get(work.visit)).toEqual({ user: OTHER_USER.id, flag: 'unproven_author' })
})

test('taken in twice, or where it came from, nothing is added', async () => {
  await unsentWork()
  const { file } = await exportRescue()
  const before = await snapshot()
  expect(await importRescue(file)).toEqual({ items: 0, photos: 0, known: 5, restored: 0 })
  expect(await snapshot()).toBe(before)
  await otherPhone()
  await importRescue(file)
  const once = await snapshot()
  expect(await importRescue(file)).toEqual({ items: 0, photos: 0, known: 5, restored: 0 })
  await syncNow()
  expect(await importRescue(file)).toEqual({ items: 0, photos: 0, known: 5, restored: 0 })
  expect(await snapshot()).toBe(once)
})

test('what was received is not in the file; a photo whose visit was received is', async () => {
  const work = await unsentWork()
  world.server.enrol(work.device, await publicJwk(), USER.id)
  world.server.fault = (request) => (request.path.includes('/uploads') ? 'drop_before' : undefined)
  await syncNow()
  world.server.fault = () => undefined
  const { file, items, photos } = await exportRescue()
  // The sealed copy of the unfinished form with its photo, and the photo of the visit.
  expect([items, photos]).toEqual([1, 2])
  await otherPhone()
  await importRescue(file)
  expect(await syncNow()).toMatchObject({ ok: true, photosReceived: 2 })
  expect(world.server.tus.stored(work.photoId)).toBeDefined()
  await purgeReceived(Date.now() + 31 * 86_400_000)
  expect(await snapshot()).toBe('[0,0,0]')
})

test('a file that is torn anywhere, or is none, is refused and nothing of it stays', async () => {
  await unsentWork()
  const text = await (await exportRescue()).file.text()
  await otherPhone()
  const before = await snapshot()
  const refusal = async (content: string): Promise<string> => {
    return importRescue(new Blob([content])).then(() => 'taken', (cause) => cause.code)
  }
  for (let cut = 100; cut < text.length - 2; cut += 7_919) expect(await refusal(text.slice(0, cut))).toBe('rescue_torn')
  for (const foreign of ['', '{}', '%PDF-1.7', text.slice(30), text.replace('ruhu-rescue-1', 'ruhu-rescue-2')]) {
    expect(await refusal(foreign)).toBe('rescue_unfit')
  }
  const content = JSON.parse(text)
  const broken = [
    { ...content, items: 7 }, { ...content, items: [null] }, { ...content, photos: [{}] },
    { ...content, items: [{ ...content.items[0], envelope: { ...content.items[0].envelope, sha256: 'f'.repeat(64) } }] },
    { ...content, photos: [{ ...content.photos[0], chunks: content.photos[0].chunks.slice(1) }] },
    { ...content, photos: [{ ...content.photos[0], chunks: ['!', ...content.photos[0].chunks.slice(1)] }] },
  ]
  for (const one of broken) expect(await refusal(JSON.stringify(one))).toBe('rescue_torn')
  expect(await snapshot()).toBe(before)
})

test('a full phone takes in nothing half-way', async () => {
  await unsentWork()
  const { file } = await exportRescue()
  await otherPhone()
  const before = await snapshot()
  const original = IDBObjectStore.prototype.add
  let count = 0
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args: [any, any?]) {
    count += 1
    if (count === 5) throw new DOMException('full', 'QuotaExceededError')
    return original.apply(this, args)
  }
  const outcome = await importRescue(file).then(() => 'taken', (cause) => cause.code)
  IDBObjectStore.prototype.add = original
  expect(outcome).toBe('storage_full')
  expect(await snapshot()).toBe(before)
})

test('a photo whose pieces are gone is counted as lost, the rest is rescued', async () => {
  const work = await unsentWork()
  await (await openStore()).delete('chunks', [work.photoId, 1])
  expect(await exportRescue()).toMatchObject({ items: 3, photos: 1, lost: 1 })
})

test('plain work of the first version leaves the phone sealed', async () => {
  const { urgent, photoId, device } = await unsentWork()
  const db = await openStore()
  const item = (await db.get('items', urgent))!
  const envelope = await makePlainEnvelope({ id: urgent, kind: 'urgent', deviceId: device, seq: 2, content: URGENT })
  await db.put('items', { ...item, envelope })
  const row = (await db.get('photos', photoId))!
  const { sealed_key: _key, boxed_key: _box, key_id: _id, signature: _mark, ...plain } = row
  await db.delete('chunks', IDBKeyRange.bound([photoId, 0], [photoId, Infinity]))
  await db.put('photos', { ...plain, size: 60_000, chunk_count: 2 })
  const bytes = sampleBytes(60_000, 9)
  await db.put('chunks', { photo_id: photoId, index: 0, bytes: bytes.slice(0, 49_152).buffer })
  await db.put('chunks', { photo_id: photoId, index: 1, bytes: bytes.slice(49_152).buffer })
  const text = await (await exportRescue()).file.text()
  expect(text).not.toContain('房子塌了')
  const content = JSON.parse(text)
  const sealed = content.items.find((one: any) => one.envelope.id === urgent).envelope
  expect(JSON.parse((await world.server.opener.openItem(sealed)).text)).toEqual(URGENT)
  const carried = content.photos.find((one: any) => one.id === photoId)
  const key = await world.server.opener.openPhotoKey(photoId, carried.sealed_key)
  const stored = Buffer.concat(carried.chunks.map((chunk: string) => Buffer.from(chunk, 'base64')))
  expect(openPhoto(photoId, key, stored).equals(bytes)).toBe(true)
})

test('the sample file both sides read is whole', async () => {
  if (process.env.RUHU_WRITE_VECTORS || !existsSync(VECTOR)) {
    world.server.user = { ...USER, id: AUTHOR }
    world.server.cases = [sampleCase({ id: CASE })]
    await freshPhone()
    await enterAs(USER.username, OTHER_PIN)
    await syncNow()
    await saveAnswers(CASE, { living_size: 4 })
    await keepPhoto({
      caseId: CASE, purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
    }, sampleBytes(2_000))
    await finishVisit(CASE)
    await reportUrgent(CASE, URGENT)
    await saveAnswers(CASE, { living_size: 5 })
    const file = JSON.parse(await (await exportRescue()).file.text())
    const about = 'Made by the phone\'s own code (RUHU_WRITE_VECTORS=1 npx vitest run tests/rescue.test.ts).'
    const { privateJwk, depositKey } = world.server.opener
    const made = { about, key_id: depositKey.id, private_jwk: privateJwk, device_jwk: await publicJwk(), file }
    writeFileSync(VECTOR, `${JSON.stringify(made, null, 1)}\n`)
  }
  const sample = JSON.parse(readFileSync(VECTOR, 'utf8'))
  const opener = Opener.of(sample.key_id, sample.private_jwk)
  await otherPhone()
  expect(await importRescue(new Blob([JSON.stringify(sample.file)]))).toEqual({ items: 3, photos: 1, known: 0, restored: 0 })
  const kinds = sample.file.items.map((one: any) => one.envelope.kind)
  expect(kinds.sort()).toEqual(['draft', 'urgent', 'visit'])
  for (const { envelope } of sample.file.items) expect((await opener.openItem(envelope)).text).toContain(CASE)
})
