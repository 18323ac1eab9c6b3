import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishVisit, listOutbox } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import type { PhotoRow } from '../src/store/rows'
import { syncNow } from '../src/sync/sender'
import { waitingPhotos } from '../src/sync/waiting'
import { json, PORTAL, type Answer, type Request } from './support/fake_server'
import { sampleBytes } from './support/sample'
import { freshWorld } from './support/world'

const world = freshWorld()

/** More than goes in the first request. */
const LONG = 90_000

async function finishedWith(count: number, size = 2_000): Promise<string[]> {
  await saveAnswers('case-1', { living_size: 4 })
  const ids: string[] = []
  for (let number = 0; number < count; number += 1) {
    const photo = await keepPhoto({
      caseId: 'case-1', purpose: 'visit', kind: `kind-${number}`, takenAt: '2026-07-08T01:00:00Z', source: 'camera',
    }, sampleBytes(size, number + 1))
    ids.push(photo.id)
  }
  await finishVisit('case-1')
  return ids
}

function photoNamed({ headers }: Request): string {
  const named = /photo_id ([^,]*)/.exec(headers['upload-metadata'] ?? '')?.[1] ?? ''
  return Buffer.from(named, 'base64').toString()
}

function never(answer: Answer, ...ids: (string | undefined)[]): void {
  world.server.fault = (request) => (ids.includes(photoNamed(request)) ? answer : undefined)
}

async function kept(id: string): Promise<PhotoRow> {
  return (await (await openStore()).get('photos', id))!
}

async function statesOf(): Promise<string[]> {
  return (await listOutbox())[0]!.photos.map((photo) => photo.state)
}

for (const [status, code] of [[409, 'photo_taken'], [503, 'upload_key_unknown'], [500, 'server_error'], [409, 'upload_finished']] as const) {
  test(`a photo the server never takes (${status} ${code}) holds up none behind it`, async () => {
    const [bad, ...others] = await finishedWith(4)
    never(json(status, { code, message: '为什么' }), bad)
    expect(await syncNow()).toMatchObject({ ok: true, photosReceived: 3 })
    for (const id of others) expect(world.server.tus.stored(id)).toBeDefined()
    expect((await kept(bad!)).refused).toMatchObject({ code, message: '为什么' })
    world.server.fault = () => undefined
    expect((await syncNow()).photosReceived).toBe(1)
    expect(world.server.tus.stored(bad!)).toBeDefined()
    expect((await kept(bad!)).refused).toBeNull()
  })
}

test('a fault of the server at the second part of one photo holds up none, and the photo goes on from there', async () => {
  const [bad, other] = await finishedWith(2, LONG)
  let parts = 0
  world.server.fault = (request) => (request.method === 'PATCH' && ++parts === 1 ? json(500, { code: 'server_error', message: '' }) : undefined)
  expect(await syncNow()).toMatchObject({ ok: true, photosReceived: 1 })
  expect(world.server.tus.stored(other!)).toBeDefined()
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(bad!)).toBeDefined()
  expect(world.server.tus.uploads.size).toBe(2)
})

test('a fault of the server while one photo is being resumed, which a HEAD tells without a body, holds up none', async () => {
  const [bad, other] = await finishedWith(2, LONG)
  world.server.fault = (request) => (request.method === 'PATCH' ? 'drop_before' : undefined)
  await syncNow()
  const { upload_url: address } = await kept(bad!)
  expect(address).not.toBeNull()
  world.server.fault = (request) => {
    if (request.method !== 'HEAD') return undefined
    return { status: 500, headers: { 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/json' }, body: '' }
  }
  expect(await syncNow()).toMatchObject({ ok: true, photosReceived: 1 })
  expect(world.server.tus.stored(other!)).toBeDefined()
  expect((await kept(bad!)).refused).toMatchObject({ code: 'server_unavailable' })
})

test('a photo that is still being written at the server waits for the next round, the others go', async () => {
  const [busy, ...others] = await finishedWith(3)
  never(json(423, { code: 'upload_busy', message: '' }), busy)
  expect(await syncNow()).toMatchObject({ ok: false, error: 'server_unavailable', photosReceived: 2 })
  for (const id of others) expect(world.server.tus.stored(id)).toBeDefined()
  expect((await kept(busy!)).refused).toBeNull()
})

for (const [name, answer] of [
  ['a gateway that is down', { ...PORTAL, status: 502 }],
  ['a portal', PORTAL],
  ['too many requests', json(429, { code: 'too_many_requests', message: '' })],
] as const) {
  test(`${name} ends the round and is no photo's fault`, async () => {
    const ids = await finishedWith(3)
    world.server.fault = (request) => (request.path.includes('/uploads') ? answer : undefined)
    expect(await syncNow()).toMatchObject({ ok: false, photosReceived: 0 })
    expect(world.server.requests.filter((line) => line.includes('/uploads'))).toHaveLength(1)
    for (const id of ids) expect((await kept(id)).refused).toBeNull()
  })
}

test('a phone that is told how long to wait says so to whoever plans the next round, and goes on then', async () => {
  const [id] = await finishedWith(1)
  const told = { ...json(429, { code: 'too_many_uploads', message: '等一会儿' }) }
  told.headers = { ...told.headers, 'Retry-After': '1800' }
  world.server.fault = (request) => (request.path.includes('/uploads') ? told : undefined)
  expect(await syncNow()).toMatchObject({ ok: false, error: 'server_unavailable', retryAfterMs: 1_800_000 })
  expect((await kept(id!)).refused).toBeNull()
  world.server.fault = () => undefined
  expect((await syncNow()).photosReceived).toBe(1)
})

test('a server that fails at each photo is asked no more than three times a round, at others the next time', async () => {
  await finishedWith(5)
  const asked: string[] = []
  world.server.fault = (request) => {
    if (!request.path.includes('/uploads')) return undefined
    asked.push(photoNamed(request))
    return json(500, { code: 'server_error', message: '' })
  }
  expect(await syncNow()).toMatchObject({ ok: false, error: 'server_unavailable' })
  expect(asked).toHaveLength(3)
  await syncNow()
  expect(new Set(asked).size).toBe(5)
})

test('what fails for the server\'s reasons is retried soon, then more rarely, and asks for the person only then', async () => {
  const [bad] = await finishedWith(1)
  never(json(500, { code: 'server_error', message: '出了问题' }), bad)
  const pauses: number[] = []
  for (let round = 1; round <= 8; round += 1) {
    await syncNow()
    expect(await statesOf()).toEqual([round < 3 ? 'waiting' : 'needs_person'])
    expect((await listOutbox())[0]!.photos[0]!.reason).toBe('出了问题')
    pauses.push(await pauseOf(bad!))
  }
  expect(pauses.slice(0, 3)).toEqual([1, 2, 4])
  expect(pauses[7]).toBe(60)
})

/** After how many minutes it is its turn again by itself. */
async function pauseOf(id: string): Promise<number> {
  const db = await openStore()
  const row = await kept(id)
  for (let minutes = 0; minutes <= 120; minutes += 1) {
    await db.put('photos', { ...row, refused: { ...row.refused!, at: new Date(Date.now() - minutes * 60_000 - 500).toISOString() } })
    if ((await waitingPhotos(false)).length > 0) return minutes
  }
  return Infinity
}
