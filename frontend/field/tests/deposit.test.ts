import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishVisit, listOutbox, reportUrgent } from '../src/store/outbox'
import { purgeReceived } from '../src/store/purge'
import { setPatience } from '../src/sync/http'
import { setOfflineOnly, syncNow, syncState } from '../src/sync/sender'
import { json, PORTAL } from './support/fake_server'
import { OTHER_USER } from './support/sample'
import { freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const URGENT = { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' }

async function states(): Promise<string[]> {
  return (await listOutbox()).map((entry) => entry.item.state)
}

test('a receipt that holds ends the item, a verdict accepts it', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const { id } = await finishVisit('case-1')
  expect(await syncNow()).toMatchObject({ ok: true, sent: 1, received: 1 })
  expect((await listOutbox())[0]!.item).toMatchObject({ state: 'received', receiptNo: '3F7A-91C2' })
  world.server.verdicts = { [id]: { verdict: 'applied', reason: null } }
  await syncNow()
  expect(await states()).toEqual(['accepted'])
  expect(world.server.stored.get(id)).toHaveLength(1)
})

test('a cut before the server got it leaves it waiting, the next try delivers it once', async () => {
  const { id } = await reportUrgent('case-1', URGENT)
  world.server.fault = () => 'drop_before'
  expect((await syncNow()).error).toBe('offline')
  expect(syncState()).toMatchObject({ online: false, lastError: 'offline' })
  expect(await states()).toEqual(['waiting'])
  world.server.fault = () => undefined
  expect((await syncNow()).received).toBe(1)
  expect(world.server.stored.get(id)).toHaveLength(1)
})

test('a cut between commit and answer is told by the duplicate receipt', async () => {
  const { id } = await reportUrgent('case-1', URGENT)
  world.server.fault = (request) => (request.path.endsWith('/inbox') ? 'drop_after' : undefined)
  await syncNow()
  expect(world.server.stored.get(id)).toHaveLength(1)
  expect(await states()).toEqual(['waiting'])
  world.server.fault = () => undefined
  await restartPhone()
  expect((await syncNow()).received).toBe(1)
  expect(world.server.stored.get(id)).toHaveLength(1)
})

for (const [name, answer] of [
  ['a portal\'s page', PORTAL],
  ['an empty JSON object', json(200, {})],
  ['receipts that are none', json(200, { receipts: [null, 7, 'ok'] })],
  ['a page without a type', { status: 200, headers: {}, body: 'ok' }],
  ['a portal\'s refusal', { ...PORTAL, status: 403 }],
  ['a broken gateway', { ...PORTAL, status: 502 }],
] as const) {
  test(`${name} ends nothing`, async () => {
    await reportUrgent('case-1', URGENT)
    world.server.fault = (request) => (request.path.endsWith('/inbox') ? answer : undefined)
    expect((await syncNow()).received).toBe(0)
    expect(await states()).toEqual(['waiting'])
    world.server.fault = () => undefined
    expect((await syncNow()).received).toBe(1)
  })
}

test('a portal\'s page is no contact with the server', async () => {
  await reportUrgent('case-1', URGENT)
  world.server.fault = () => PORTAL
  expect(await syncNow()).toMatchObject({ ok: false, error: 'not_our_server', isContact: false })
})

for (const [name, tamper] of [
  ['another signature', { signature: Buffer.alloc(64, 1).toString('base64url') }],
  ['no signature', { signature: '' }],
  ['a changed receipt number', { receipt_no: 'AAAA-BBBB' }],
  ['another content', { sha256: 'f'.repeat(64) }],
  ['another item', { id: 'other' }],
  ['an unknown outcome', { outcome: 'fine' as never }],
] as const) {
  test(`a receipt with ${name} ends nothing`, async () => {
    await reportUrgent('case-1', URGENT)
    world.server.tamper = (receipt) => ({ ...receipt, ...tamper })
    expect((await syncNow()).received).toBe(0)
    expect(await states()).toEqual(['waiting'])
  })
}

test('an honest receipt for other content ends nothing', async () => {
  await reportUrgent('case-1', URGENT)
  world.server.claim = { sha256: 'f'.repeat(64) }
  expect((await syncNow()).received).toBe(0)
  world.server.claim = {}
  expect((await syncNow()).received).toBe(1)
})

test('the same id with other content is kept by the server too, and its receipt ends the item', async () => {
  const { id } = await reportUrgent('case-1', URGENT)
  const { envelope } = (await (await openStore()).get('items', id))!
  world.server.stored.set(id, [{ ...envelope, sha256: 'a'.repeat(64) }])
  await syncNow()
  expect((await (await openStore()).get('items', id))!.receipt!.outcome).toBe('conflict')
  expect(world.server.stored.get(id)).toHaveLength(2)
})

test('one item the server cannot take does not hold up the others', async () => {
  const ids: string[] = []
  for (let count = 0; count < 7; count += 1) ids.push((await reportUrgent('case-1', URGENT)).id)
  world.server.refuse = (envelope) => envelope.id === ids[3]
  expect(await syncNow()).toMatchObject({ ok: true, received: 6 })
  const poisoned = (await listOutbox()).find((entry) => entry.item.id === ids[3])!.item
  expect(poisoned).toMatchObject({ state: 'needs_person', reason: '改一下再交' })
  world.server.refuse = () => false
  expect((await syncNow()).received).toBe(1)
})

test('an item whose content was damaged on the phone is refused by name and kept', async () => {
  const { id } = await reportUrgent('case-1', URGENT)
  const db = await openStore()
  const row = (await db.get('items', id))!
  await db.put('items', { ...row, envelope: { ...row.envelope, sha256: '0'.repeat(64) } })
  await syncNow()
  expect((await listOutbox())[0]!.item).toMatchObject({ state: 'needs_person', reason: 'hash_mismatch' })
})

test('more than fifty items travel in several batches', async () => {
  for (let count = 0; count < 53; count += 1) await reportUrgent('case-1', URGENT)
  expect((await syncNow()).received).toBe(53)
  expect(world.server.requests.filter((line) => line.endsWith('/inbox'))).toHaveLength(2)
})

test('a session that ended holds work back and loses none', async () => {
  await reportUrgent('case-1', URGENT)
  world.server.isSignedIn = false
  expect((await syncNow()).error).toBe('signed_out')
  expect(syncState().needsSignIn).toBe(true)
  world.server.isSignedIn = true
  expect((await syncNow()).received).toBe(1)
})

test('work is not handed in under the name of who else is signed in at the server', async () => {
  await reportUrgent('case-1', URGENT)
  await restartPhone()
  world.server.user = OTHER_USER
  expect((await syncNow()).error).toBe('signed_out')
  expect(world.server.stored.size).toBe(0)
})

test('with only-offline on, nothing goes out', async () => {
  await reportUrgent('case-1', URGENT)
  await setOfflineOnly(true)
  await syncNow()
  expect(world.server.requests).toEqual([])
  await setOfflineOnly(false)
  expect((await syncNow()).received).toBe(1)
})

test('a day of work takes no more than four requests', async () => {
  await restartPhone()
  for (let count = 0; count < 20; count += 1) await reportUrgent('case-1', URGENT)
  await syncNow()
  expect(world.server.requests.length).toBeLessThanOrEqual(4)
})

test('the heartbeat says what is still on the phone', async () => {
  await reportUrgent('case-1', URGENT)
  world.server.fault = (request) => (request.path.endsWith('/inbox') ? { ...json(200, { receipts: [] }) } : undefined)
  await syncNow()
  const { heartbeat } = world.server.bodies.filter((one) => one.path === '/changes').pop()!.body
  expect(heartbeat).toMatchObject({ captured: 1, unsent: 1, photos_waiting: 0, app_version: 'test' })
})

test('a wrong phone clock is noticed and told with the work', async () => {
  world.server.clockAheadMs = 86_400_000
  await syncNow()
  expect(syncState().isClockWrong).toBe(true)
  const { id } = await reportUrgent('case-1', URGENT)
  await syncNow()
  const content = await world.server.read(id)
  expect(Math.abs(content.server_offset_ms - 86_400_000)).toBeLessThan(5_000)
})

test('received work stays thirty days and then leaves, unreceived work never', async () => {
  await reportUrgent('case-1', URGENT)
  await syncNow()
  world.server.fault = () => 'drop_before'
  const kept = await reportUrgent('case-1', URGENT)
  const day = 86_400_000
  expect(await purgeReceived(Date.now() + 29 * day)).toBe(0)
  expect(await purgeReceived(Date.now() + 31 * day)).toBe(1)
  expect((await listOutbox()).map((entry) => entry.item.id)).toEqual([kept.id])
})

test('what a slow line cannot carry at once goes in halves, and stays small for a while', async () => {
  setPatience(400)
  try {
    for (let number = 0; number < 8; number += 1) await reportUrgent('case-1', URGENT)
    const sizes: number[] = []
    world.server.fault = ({ path, body }) => {
      if (!path.endsWith('/inbox')) return undefined
      sizes.push(JSON.parse(new TextDecoder().decode(body)).items.length)
      return sizes[sizes.length - 1]! > 2 ? 'stall' : undefined
    }
    expect(await syncNow()).toMatchObject({ ok: true, received: 8 })
    // Halves by bytes: how many items that is depends on how well each was packed.
    expect(sizes[0]).toBe(8)
    expect(sizes.slice(1).every((size) => size <= 4)).toBe(true)
    sizes.length = 0
    for (let number = 0; number < 4; number += 1) await reportUrgent('case-1', URGENT)
    expect(await syncNow()).toMatchObject({ ok: true, received: 4 })
    expect(sizes.every((size) => size <= 2)).toBe(true)
    expect([...world.server.stored.values()].every((kept) => kept.length === 1)).toBe(true)
  } finally {
    setPatience(90_000)
  }
})

test('one item that the line is too slow for ends the round and waits', async () => {
  setPatience(300)
  try {
    await reportUrgent('case-1', URGENT)
    world.server.fault = ({ path }) => (path.endsWith('/inbox') ? 'stall' : undefined)
    expect((await syncNow()).error).toBe('offline')
    expect(await states()).toEqual(['waiting'])
  } finally {
    setPatience(90_000)
  }
})
