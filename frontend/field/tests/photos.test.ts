import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishObservation, finishVisit, listOutbox } from '../src/store/outbox'
import { keepPhoto, photoBlob } from '../src/store/photos'
import { CHUNK_BYTES, readStoredBytes, sealedSize, SEALED_CHUNK_PLAIN } from '../src/store/photo_chunks'
import { chunkBytes, LARGE_CHUNK, noteSent, SMALL_CHUNK } from '../src/sync/chunk_size'
import { syncNow } from '../src/sync/sender'
import { PORTAL, type Fault, type Request } from './support/fake_server'
import { sampleBytes } from './support/sample'
import { freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const SIZE = 200_000

async function finishedWith(...sizes: number[]): Promise<string[]> {
  await saveAnswers('case-1', { living_size: 4 })
  const ids: string[] = []
  for (const [index, size] of sizes.entries()) {
    const photo = await keepPhoto({
      caseId: 'case-1', purpose: 'visit', kind: `kind-${index}`, takenAt: '2026-07-08T01:00:00Z', source: 'camera',
    }, sampleBytes(size, index + 1))
    ids.push(photo.id)
  }
  await finishVisit('case-1')
  return ids
}

const isPatch = (request: Request): boolean => request.method === 'PATCH'

/** Breaks the n-th request that `picks` picks. */
function breakNth(nth: number, picks: (request: Request) => boolean, fault: Fault): void {
  let seen = 0
  world.server.fault = (request) => (picks(request) && ++seen === nth ? fault : undefined)
}

test('photos go up one after the other, after the facts, and end with their own receipts', async () => {
  const ids = await finishedWith(SIZE, 1, CHUNK_BYTES)
  expect(await syncNow()).toMatchObject({ ok: true, received: 1, photosReceived: 3 })
  expect((await listOutbox())[0]!.photos.map((photo) => photo.state)).toEqual(['received', 'received', 'received'])
  expect([...world.server.tus.uploads.values()].map((upload) => upload.photoId)).toEqual(ids)
  const inbox = world.server.requests.findIndex((line) => line.endsWith('/inbox'))
  expect(world.server.requests.findIndex((line) => line.includes('/uploads'))).toBeGreaterThan(inbox)
})

test('a photo does not go before the facts that name it', async () => {
  const [id] = await finishedWith(SIZE)
  world.server.refuse = () => true
  expect(await syncNow()).toMatchObject({ ok: true, received: 0, photosReceived: 0 })
  expect(world.server.tus.uploads.size).toBe(0)
  world.server.refuse = () => false
  await syncNow()
  expect(world.server.tus.stored(id!)).toBeDefined()
})

test('no stored chunk is above 48 KiB, none can be read, and all read back as they were', async () => {
  const [id, exact] = await finishedWith(SIZE, SEALED_CHUNK_PLAIN)
  const chunks = await (await openStore()).getAll('chunks')
  expect(Math.max(...chunks.map((chunk) => chunk.bytes.byteLength))).toBe(CHUNK_BYTES)
  const plain = Buffer.from(sampleBytes(SIZE, 1))
  for (const chunk of chunks) expect(plain.includes(Buffer.from(chunk.bytes).subarray(0, 16))).toBe(false)
  const shown = Buffer.from(await (await photoBlob(id!)).arrayBuffer())
  expect(shown.equals(plain)).toBe(true)
  expect((await photoBlob(exact!)).size).toBe(SEALED_CHUNK_PLAIN)
  const size = sealedSize(SIZE)
  const stored = await readStoredBytes(id!, size, 0, size)
  for (const [start, end] of [[0, 10], [CHUNK_BYTES - 1, CHUNK_BYTES + 1], [60_000, 190_000], [size - 5, size + 9]]) {
    expect(Buffer.compare(await readStoredBytes(id!, size, start!, end!), stored.subarray(start, end))).toBe(0)
  }
})

for (const [name, nth, fault] of [
  ['before the second part arrives', 1, 'drop_before'],
  ['after the second part was kept', 1, 'drop_after'],
  ['after the last part was kept', 3, 'drop_after'],
] as const) {
  test(`cut ${name}, it goes on from there after a restart`, async () => {
    const [id] = await finishedWith(SIZE)
    breakNth(nth, isPatch, fault)
    expect(await syncNow()).toMatchObject({ ok: false, error: 'offline' })
    expect((await listOutbox())[0]!.photos[0]!.state).toBe('waiting')
    world.server.fault = () => undefined
    await restartPhone()
    expect((await syncNow()).photosReceived).toBe(1)
    expect(world.server.tus.stored(id!)).toBeDefined()
    expect(world.server.tus.uploads.size).toBe(1)
    expect(world.server.tus.bytesTaken - sealedSize(SIZE)).toBeLessThanOrEqual(SMALL_CHUNK)
  })
}

test('a first request that is cut takes no more along than a small piece', async () => {
  const [id] = await finishedWith(SIZE)
  breakNth(1, (request) => request.method === 'POST' && request.path.endsWith('/uploads'), 'drop_after')
  expect(await syncNow()).toMatchObject({ ok: false, error: 'offline' })
  world.server.fault = () => undefined
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(id!)).toBeDefined()
  expect(world.server.tus.bytesTaken - sealedSize(SIZE)).toBeLessThanOrEqual(SMALL_CHUNK)
})

test('over a line that has proven fast a photo is one request, and after a cut the address comes first and pieces are small', async () => {
  await finishedWith(SIZE, SIZE)
  noteSent(SMALL_CHUNK, 1)
  const asked: string[] = []
  const begin = (request: Request): Fault => {
    if (request.path.includes('/uploads')) asked.push(`${request.method} ${request.body.length}`)
    return undefined
  }
  world.server.fault = begin
  breakNth(2, (request) => begin(request) === undefined && request.path.endsWith('/uploads'), 'drop_before')
  await syncNow()
  expect(asked[0]).toBe(`POST ${sealedSize(SIZE)}`)
  expect(chunkBytes()).toBe(SMALL_CHUNK)
  world.server.fault = begin
  asked.length = 0
  expect((await syncNow()).photosReceived).toBe(1)
  expect(asked.slice(0, 2)).toEqual(['POST 0', `PATCH ${SMALL_CHUNK}`])
})

test('a line is fast by what it brought in its time, and slow again as soon as it is', () => {
  for (const [size, ms, next] of [
    [SMALL_CHUNK, 250, LARGE_CHUNK], [SMALL_CHUNK, 400, SMALL_CHUNK], [4 * SMALL_CHUNK, 1_100, LARGE_CHUNK],
    [SMALL_CHUNK - 1, 9_000, LARGE_CHUNK], [LARGE_CHUNK, 9_000, SMALL_CHUNK],
  ] as const) {
    noteSent(size, ms)
    expect(chunkBytes()).toBe(next)
  }
})

test('a lost answer to the creation is made good by a second one', async () => {
  const [id] = await finishedWith(SIZE)
  breakNth(1, (request) => request.path.endsWith('/uploads'), 'drop_after')
  await syncNow()
  world.server.fault = () => undefined
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(id!)).toBeDefined()
})

for (const [name, fault] of [
  ['a portal', PORTAL],
  ['a proxy that claims the offset', { status: 204, headers: { 'Upload-Offset': String(sealedSize(SIZE)) }, body: '' }],
] as const) {
  test(`${name} in the place of the server ends no photo`, async () => {
    await finishedWith(SIZE)
    world.server.fault = (request) => (isPatch(request) ? fault : undefined)
    expect(await syncNow()).toMatchObject({ ok: false, photosReceived: 0 })
    expect((await listOutbox())[0]!.photos[0]!.state).toBe('waiting')
    world.server.fault = () => undefined
    expect((await syncNow()).photosReceived).toBe(1)
  })
}

test('a gateway that is down while resuming does not start the upload anew', async () => {
  await finishedWith(SIZE)
  breakNth(2, isPatch, 'drop_before')
  await syncNow()
  world.server.fault = (request) => (request.method === 'HEAD' ? { ...PORTAL, status: 502 } : undefined)
  expect((await syncNow()).error).toBe('server_unavailable')
  world.server.fault = () => undefined
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.uploads.size).toBe(1)
})

test('an upload the server has forgotten is sent again from the start', async () => {
  const [id] = await finishedWith(SIZE)
  breakNth(2, isPatch, 'drop_before')
  await syncNow()
  world.server.fault = () => undefined
  world.server.tus.uploads.clear()
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(id!)).toBeDefined()
})

test('a forged upload receipt ends no photo', async () => {
  const [id] = await finishedWith(SIZE)
  world.server.tamper = (receipt) => (receipt.id === id ? { ...receipt, receipt_no: '0000-0000' } : receipt)
  expect((await syncNow()).photosReceived).toBe(0)
  expect((await listOutbox())[0]!.photos[0]!.state).toBe('waiting')
})

test('a photo whose pieces were deleted is named and does not stop the next one', async () => {
  const [lost] = await finishedWith(SIZE, 5_000)
  await (await openStore()).delete('chunks', [lost!, 1])
  expect((await syncNow()).photosReceived).toBe(1)
  const photos = (await listOutbox())[0]!.photos
  expect(photos[0]).toMatchObject({ state: 'needs_person', reason: 'photo_not_here', todo: 'note_gone' })
  expect(photos[1]!.state).toBe('received')
})

test('a photo that comes in damaged is sent again whole', async () => {
  const [id] = await finishedWith(SIZE)
  let isFirst = true
  world.server.fault = (request) => {
    if (isPatch(request) && isFirst) request.body[100]! ^= 1
    if (isPatch(request)) isFirst = false
    return undefined
  }
  await syncNow()
  expect((await listOutbox())[0]!.photos[0]!.reason).toBe('checksum_mismatch')
  expect((await syncNow()).photosReceived).toBe(1)
  expect(world.server.tus.stored(id!)).toBeDefined()
})

test.each([[SIZE, 'another length'], [SIZE + 1, 'the same length']])(
  'a photo whose address an old answer made another photo’s begins anew (%s bytes)', async (size) => {
    const [first] = await finishedWith(SIZE + 1)
    await syncNow()
    const address = (await (await openStore()).get('photos', first!))!.upload_url
    const photo = await keepPhoto({
      caseId: 'case-1', purpose: 'observation', kind: 'house', takenAt: '2026-07-08T02:00:00Z', source: 'camera',
    }, sampleBytes(size, 9))
    await finishObservation('case-1', { observed_at: '2026-07-08T02:05:00Z', text: '', facts: {} })
    const db = await openStore()
    await db.put('photos', { ...(await db.get('photos', photo.id))!, upload_url: address })
    await syncNow()
    await syncNow()
    expect(world.server.tus.stored(photo.id)?.picture?.equals(sampleBytes(size, 9))).toBe(true)
    expect((await db.get('photos', photo.id))!.receipt).not.toBeNull()
  },
)
