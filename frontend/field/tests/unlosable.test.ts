import { expect, test } from 'vitest'
import type { Envelope } from '../src/contract/api'
import { openStore } from '../src/store/db'
import { publicJwk } from '../src/store/device_keys'
import { saveAnswers } from '../src/store/drafts'
import { saveNote } from '../src/store/notes'
import { finishVisit, outboxCount, outboxOf } from '../src/store/outbox'
import { keepPhoto, photoBlob } from '../src/store/photos'
import { confirmedSession, deviceId, doubtSession, signOut } from '../src/store/session'
import { lock, unlock } from '../src/store/vault'
import { syncNow, syncState } from '../src/sync/sender'
import { OTHER_USER, sampleBytes, sampleCase, USER } from './support/sample'
import { OTHER_PIN, PIN, rawStore } from './support/seeded'
import { enterAs, freshWorld, restartLocked } from './support/world'

const world = freshWorld()

async function photo(caseId: string, seed: number): Promise<string> {
  const kept = await keepPhoto({
    caseId, purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(60_000, seed))
  return kept.id
}

type Captured = { visit: string; photos: [string, number][] }

/** One household finished, one begun, one note; each as it must reach the server. */
async function capture(): Promise<Captured> {
  world.server.cases = [sampleCase(), sampleCase({ id: 'case-2' })]
  await syncNow()
  await saveAnswers('case-1', { head_name: '马占海', living_size: 4 })
  const first = await photo('case-1', 1)
  const visit = (await finishVisit('case-1')).id
  await saveAnswers('case-2', { head_name: '马玉莲', living_size: 6 })
  const second = await photo('case-2', 2)
  await saveNote('case-2', 'observation', { text: '水窖见底' })
  return { visit, photos: [[first, 1], [second, 2]] }
}

async function enrol(): Promise<void> {
  world.server.enrol(await deviceId(), await publicJwk(), USER.id)
  doubtSession()
  await confirmedSession()
}

async function forgetThePin(): Promise<void> {
  await lock()
  for (let count = 1; count < 10; count += 1) expect(await unlock(USER.id, '555444')).toEqual({ wrong: 10 - count })
  expect(await unlock(USER.id, '555444')).toBe('wiped')
}

/** All that was captured is at the server, whole, once, and its author's. */
async function expectAll({ visit, photos }: Captured): Promise<void> {
  const all: Envelope[] = [...world.server.stored.values()].flat()
  const contents = await Promise.all(all.map(async (one) => [one.kind, await world.server.read(one.id)] as const))
  expect(await world.server.read(visit)).toMatchObject({ answers: { head_name: '马占海', living_size: 4 } })
  const drafts = contents.filter(([kind]) => kind === 'draft').map(([, content]) => content)
  expect(drafts.find((draft) => draft.purpose === 'visit')).toMatchObject({
    case_id: 'case-2', fields: { head_name: '马玉莲', living_size: 6, photos: [{ id: photos[1]![0] }] },
  })
  expect(drafts.find((draft) => draft.purpose === 'observation')).toMatchObject({ fields: { text: '水窖见底' } })
  expect(contents).toHaveLength(3)
  for (const one of all) expect(world.server.claims.get(one.id)).toEqual({ user: USER.id, flag: '' })
  for (const [id, seed] of photos) expect(world.server.tus.stored(id)!.picture!.equals(sampleBytes(60_000, seed))).toBe(true)
}

test('after ten wrong PINs everything is handed in by the phone\'s signature, and nothing readable is left', async () => {
  await enrol()
  const work = await capture()
  await forgetThePin()
  world.server.isSignedIn = false
  await restartLocked()
  expect(await rawStore()).not.toMatch(/马占海|马玉莲|水窖见底/)
  await syncNow()
  await expectAll(work)
})

test('after ten wrong PINs on a phone that is not enrolled it waits for the password, and then all goes', async () => {
  const work = await capture()
  await forgetThePin()
  await syncNow()
  expect(world.server.stored.size).toBe(0)
  world.server.user = OTHER_USER
  await enterAs(OTHER_USER.username, OTHER_PIN)
  await syncNow()
  expect(world.server.stored.size).toBe(0)
  world.server.user = USER
  await enterAs(USER.username, PIN)
  expect((await outboxOf(USER.id)).count).toMatchObject({ items: 3, photos: 2, drafts: 0 })
  await syncNow()
  await expectAll(work)
  await expect(photoBlob(work.photos[0]![0])).rejects.toMatchObject({ code: 'box_unreadable' })
})

test('cut in the middle of handing in after a wipe, the rest goes with the next contact', async () => {
  await enrol()
  const work = await capture()
  await forgetThePin()
  let count = 0
  world.server.fault = () => {
    count += 1
    return count % 2 ? undefined : 'drop_after'
  }
  for (let tries = 0; tries < 12; tries += 1) {
    await restartLocked()
    await syncNow()
  }
  world.server.fault = () => undefined
  await syncNow()
  await expectAll(work)
  for (const kept of world.server.stored.values()) expect(kept).toHaveLength(1)
})

for (const [name, leave] of [
  ['signing out', () => signOut()],
  ['a session that expired', async () => { world.server.isSignedIn = false }],
  ['a lock', () => lock()],
] as const) {
  test(`${name} holds finished work back on no enrolled phone, and unfinished work stays its person's`, async () => {
    await enrol()
    const { visit } = await capture()
    await leave()
    await restartLocked()
    await syncNow()
    expect(await world.server.read(visit)).toMatchObject({ answers: { living_size: 4 } })
    expect([...world.server.stored.keys()]).toEqual([visit])
    world.server.isSignedIn = true
    await enterAs(USER.username, PIN)
    await syncNow()
    expect(await outboxCount()).toEqual({ drafts: 2, items: 0, photos: 0, needsPerson: 0 })
    expect(syncState()).toMatchObject({ online: true, needsSignIn: false })
  })
}

test('a photo that comes back from the camera to a locked phone is kept and reaches the server', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  await lock()
  const id = await photo('case-1', 3)
  await unlock(USER.id, PIN)
  await finishVisit('case-1')
  await syncNow()
  expect(world.server.tus.stored(id)!.picture!.equals(sampleBytes(60_000, 3))).toBe(true)
  await expect(photoBlob(id)).rejects.toMatchObject({ code: 'box_unreadable' })
})

test('a phone that has no key to seal to finishes all the same, and hands in under its person\'s session', async () => {
  const db = await openStore()
  const { value } = (await db.get('meta', 'session'))!
  await db.put('meta', { key: 'session', value: { ...(value as object), depositKey: null } })
  await saveAnswers('case-1', { living_size: 4 })
  const id = await photo('case-1', 4)
  const visit = (await finishVisit('case-1')).id
  expect((await db.get('items', visit))!.envelope).toMatchObject({ sealed: null, signature: null, author: null })
  await syncNow()
  expect(await world.server.read(visit)).toMatchObject({ answers: { living_size: 4 } })
  expect(world.server.tus.stored(id)!.picture!.equals(sampleBytes(60_000, 4))).toBe(true)
})
