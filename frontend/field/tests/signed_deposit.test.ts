import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { publicJwk } from '../src/store/device_keys'
import { saveAnswers } from '../src/store/drafts'
import { readMeta } from '../src/store/meta'
import { finishVisit, listOutbox, outboxOf, reportUrgent } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { confirmedSession, deviceId, doubtSession, signOut } from '../src/store/session'
import { lock, unlock } from '../src/store/vault'
import { heartbeatOf } from '../src/sync/heartbeat'
import { syncNow, syncState } from '../src/sync/sender'
import { json, PORTAL } from './support/fake_server'
import { OTHER_USER, sampleBytes, USER } from './support/sample'
import { OTHER_PIN, PIN } from './support/seeded'
import { enterAs, freshWorld, restartLocked } from './support/world'

const world = freshWorld()
const URGENT = { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }

/** As the coordinator's code does; the phone hears of it with its next word from the server. */
async function enrol(...bound: string[]): Promise<void> {
  world.server.enrol(await deviceId(), await publicJwk(), ...bound)
  doubtSession()
  await confirmedSession()
  world.server.requests.length = 0
}

async function visitWithPhoto(): Promise<{ id: string; photoId: string }> {
  await saveAnswers('case-1', { living_size: 4 })
  const photo = await keepPhoto({
    caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera',
  }, sampleBytes(120_000))
  return { id: (await finishVisit('case-1')).id, photoId: photo.id }
}

async function switchTo(user: typeof USER, pin: string): Promise<void> {
  world.server.user = user
  await enterAs(user.username, pin)
}

async function unreceived(): Promise<number> {
  const db = await openStore()
  const rows = [...(await db.getAll('items')), ...(await db.getAll('photos'))]
  return rows.filter((row) => !row.receipt).length
}

test('an enrolled phone hands in everybody\'s work with nobody signed in', async () => {
  await enrol(USER.id, OTHER_USER.id)
  const first = await visitWithPhoto()
  await signOut()
  await switchTo(OTHER_USER, OTHER_PIN)
  const second = await reportUrgent('case-1', URGENT)
  await signOut()
  world.server.isSignedIn = false
  await restartLocked()
  world.server.requests.length = 0
  await syncNow()
  expect(await unreceived()).toBe(0)
  expect(world.server.claims.get(first.id)).toEqual({ user: USER.id, flag: '' })
  expect(world.server.claims.get(second.id)).toEqual({ user: OTHER_USER.id, flag: '' })
  expect(await world.server.read(first.id)).toMatchObject({ answers: { living_size: 4 } })
  const upload = world.server.tus.stored(first.photoId)!
  expect(upload.picture!.equals(sampleBytes(120_000))).toBe(true)
  expect(upload.claim).toEqual({ user: USER.id, flag: '' })
  expect(world.server.requests.some((line) => /session|changes/.test(line))).toBe(false)
})

test('who is signed in at the desk in the same browser lends no name to the phone\'s work', async () => {
  await enrol(USER.id)
  const { id } = await visitWithPhoto()
  world.server.user = OTHER_USER
  await restartLocked()
  await syncNow()
  expect(world.server.claims.get(id)).toEqual({ user: USER.id, flag: '' })
  expect(await unreceived()).toBe(0)
})

test('nor does it when the server no longer knows the phone', async () => {
  await enrol(USER.id)
  const { id } = await visitWithPhoto()
  world.server.devices.clear()
  world.server.user = OTHER_USER
  await restartLocked()
  expect((await syncNow()).error).toBe('signed_out')
  expect(world.server.claims.has(id)).toBe(false)
  expect((await outboxOf(USER.id)).count).toMatchObject({ items: 1, photos: 1, needsPerson: 0 })
})

test('locked, the work goes out and the pull waits', async () => {
  await enrol(USER.id)
  await visitWithPhoto()
  await lock()
  expect(await syncNow()).toMatchObject({ ok: true, received: 1, photosReceived: 1 })
  expect(world.server.requests.some((line) => line.endsWith('/changes'))).toBe(false)
  expect((await listOutbox())[0]!.item).toMatchObject({ state: 'received', title: '' })
  await unlock(USER.id, PIN)
  await syncNow()
  expect(world.server.requests.some((line) => line.endsWith('/changes'))).toBe(true)
  expect((await listOutbox())[0]!.item.title).toBe('马占海 上磨村')
})

test('a phone that is not enrolled hands in only for who is signed in', async () => {
  await reportUrgent('case-1', URGENT)
  await signOut()
  await switchTo(OTHER_USER, OTHER_PIN)
  const own = await reportUrgent('case-1', URGENT)
  expect((await syncNow()).received).toBe(1)
  expect([...world.server.stored.keys()]).toEqual([own.id])
  expect((await outboxOf(USER.id)).count.items).toBe(1)
  await signOut()
  await switchTo(USER, PIN)
  expect((await syncNow()).received).toBe(1)
})

test('a phone the server no longer knows keeps its work until its person signs in', async () => {
  await enrol(USER.id)
  const { id } = await visitWithPhoto()
  world.server.devices.clear()
  world.server.isSignedIn = false
  doubtSession()
  expect((await syncNow()).error).toBe('signed_out')
  expect(syncState().needsSignIn).toBe(true)
  expect((await listOutbox())[0]!.item.state).toBe('waiting')
  world.server.isSignedIn = true
  expect(await syncNow()).toMatchObject({ ok: true, received: 1, photosReceived: 1 })
  expect(world.server.claims.get(id)).toEqual({ user: USER.id, flag: '' })
  expect(await readMeta('is_enrolled')).toBe(false)
})

test('a revoked phone still hands in, and the server says that it is doubted', async () => {
  await enrol(USER.id)
  world.server.devices.get(await deviceId())!.isRevoked = true
  const { id } = await visitWithPhoto()
  await signOut()
  world.server.isSignedIn = false
  await syncNow()
  expect(world.server.claims.get(id)).toEqual({ user: USER.id, flag: 'device_revoked' })
  expect(await unreceived()).toBe(0)
})

test('a receipt under a key that only another person of this phone met ends an item, a stranger\'s does not', async () => {
  await enrol(USER.id, OTHER_USER.id)
  await reportUrgent('case-1', URGENT)
  await signOut()
  await world.server.newReceiptKey()
  await syncNow()
  expect(await unreceived()).toBe(1)
  await switchTo(OTHER_USER, OTHER_PIN)
  expect((await syncNow()).received).toBe(1)
})

for (const [name, fault] of [
  ['cut before it arrives', 'drop_before'], ['cut after it was kept', 'drop_after'], ['met by a portal', PORTAL],
  ['met by a stranger\'s JSON', json(200, { ok: true })],
] as const) {
  test(`signed work ${name} waits and arrives once`, async () => {
    await enrol(USER.id)
    const { id } = await visitWithPhoto()
    await signOut()
    world.server.fault = (request) => (request.path.endsWith('/inbox') ? fault : undefined)
    await syncNow()
    expect(await unreceived()).toBe(2)
    world.server.fault = () => undefined
    await restartLocked()
    await syncNow()
    expect(await unreceived()).toBe(0)
    expect(world.server.stored.get(id)).toHaveLength(1)
  })
}

test('the heartbeat that travels with the work does not count it as missing', async () => {
  await enrol(USER.id)
  await reportUrgent('case-1', URGENT)
  await saveAnswers('case-1', { living_size: 4 })
  await syncNow()
  const told = world.server.bodies.filter((one) => one.path === '/inbox').pop()!.body.heartbeat
  expect(told).toMatchObject({
    author: USER.id, captured: 1, unsent: 0, photos_waiting: 0, drafts: 1, unsent_cases: [], self_test: null,
  })
})

test('only a finished visit makes a household one that was visited', async () => {
  await enrol(USER.id)
  await reportUrgent('case-2', URGENT)
  await saveAnswers('case-1', { living_size: 4 })
  await finishVisit('case-1')
  expect(await heartbeatOf(USER.id)).toMatchObject({ unsent: 2, unsent_cases: ['case-1'] })
})
