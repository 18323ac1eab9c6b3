import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { listOutbox, reportUrgent } from '../src/store/outbox'
import { syncNow } from '../src/sync/sender'
import { json, PORTAL, type Request } from './support/fake_server'
import { freshWorld } from './support/world'

const world = freshWorld()
const FAULT = json(500, { code: 'server_error', message: '服务器出了问题' })

async function made(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let number = 0; number < count; number += 1) {
    ids.push((await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: `第 ${number} 件` })).id)
  }
  return ids
}

const isInbox = (request: Request): boolean => request.path.endsWith('/inbox')

function itemsOf(request: Request): string[] {
  return JSON.parse(new TextDecoder().decode(request.body)).items.map((item: { id: string }) => item.id)
}

function failAt(...ids: (string | undefined)[]): void {
  world.server.fault = (request) => (isInbox(request) && itemsOf(request).some((id) => ids.includes(id)) ? FAULT : undefined)
}

async function waiting(): Promise<string[]> {
  return (await (await openStore()).getAll('items')).filter((row) => !row.receipt).map((row) => row.id)
}

test('an item that makes the server fail gives way to all others after the third time', async () => {
  const ids = await made(7)
  failAt(ids[2])
  expect((await syncNow()).error).toBe('server_unavailable')
  expect((await syncNow()).received).toBe(0)
  expect(await syncNow()).toMatchObject({ ok: true, received: 6 })
  expect(await waiting()).toEqual([ids[2]])
  expect((await (await openStore()).get('items', ids[2]!))!.refused).toMatchObject({ code: 'server_error', message: '服务器出了问题', tries: 1 })
  world.server.fault = () => undefined
  expect((await syncNow()).received).toBe(1)
})

test('what is made later goes at once, and the culprit is tried alone and asks for its person in the end', async () => {
  const [bad] = await made(2)
  failAt(bad)
  for (let round = 0; round < 3; round += 1) await syncNow()
  await made(3)
  expect(await syncNow()).toMatchObject({ ok: true, received: 3 })
  await syncNow()
  const entry = (await listOutbox()).find(({ item }) => item.id === bad)!
  expect(entry.item).toMatchObject({ state: 'needs_person', reason: '服务器出了问题', todo: 'send_again' })
  expect([...world.server.stored.values()].every((kept) => kept.length === 1)).toBe(true)
})

test('a server that fails at everything is left alone, and names few', async () => {
  await made(20)
  let asked = 0
  world.server.fault = (request) => (isInbox(request) && ++asked ? FAULT : undefined)
  await syncNow()
  await syncNow()
  expect(asked).toBe(2)
  expect(await syncNow()).toMatchObject({ ok: false, error: 'server_unavailable' })
  expect(asked).toBeLessThan(14)
  const named = (await (await openStore()).getAll('items')).filter((row) => row.refused)
  expect(named.length).toBeLessThanOrEqual(3)
  world.server.fault = () => undefined
  await syncNow()
  expect(await waiting()).toEqual([])
})

test('a gateway that is down is never an item\'s fault', async () => {
  await made(3)
  let asked = 0
  world.server.fault = (request) => (isInbox(request) && ++asked ? { ...PORTAL, status: 502 } : undefined)
  for (let round = 0; round < 6; round += 1) expect((await syncNow()).error).toBe('server_unavailable')
  expect(asked).toBe(6)
  expect((await (await openStore()).getAll('items')).every((row) => !row.refused)).toBe(true)
})
