import { describe, expect, test } from 'vitest'
import type { Area } from '../src/contract/api'
import { isAlike } from '../src/rules/alike'
import { getCase, knownRevisions, listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { discover, openDiscovery } from '../src/store/discoveries'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { readMeta } from '../src/store/meta'
import { dropNote, loadNote, saveNote } from '../src/store/notes'
import { finishAttempt, finishVisit, listOutbox, reportUrgent } from '../src/store/outbox'
import { signOut } from '../src/store/session'
import { syncNow } from '../src/sync/sender'
import { waitingItems } from '../src/sync/waiting'
import { sampleCase, USER } from './support/sample'
import { enterAs, freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const AREA: Area = USER.areas[0]!
const NUMBER = '620599198109190831'
const told = {
  found_at: '2026-07-08T01:00:00Z', area: AREA, township: '张家川镇', group: '二社', name: '者玉梅', shown_name: '者玉梅',
  id_number: NUMBER, needs: ['house'], needs_text: '房子', text: '房檐掉瓦',
}
const urgent = { reported_at: '2026-07-08T02:00:00Z', text: '后墙塌了' }

async function found(): Promise<string> {
  const caseId = await openDiscovery()
  await discover(caseId, told)
  return caseId
}
const verdict = (id: string, name: 'applied' | 'needs_review' | 'quarantined') => {
  world.server.verdicts[id] = { verdict: name, code: null, reason: null }
}
const itemIn = async (caseId: string) => (await listOutbox()).find((one) => one.item.caseId === caseId && one.item.kind === 'discovery')!.item

test('a found household is a case of this phone at once, sealed and numbered, and outlives a restart', async () => {
  const caseId = await openDiscovery()
  await saveNote(caseId, 'discovery', { name: '者' })
  expect(await openDiscovery()).toBe(caseId)
  await discover(caseId, told)
  expect(await loadNote(caseId, 'discovery')).toBeNull()
  await restartPhone()
  const known = (await getCase(caseId))!
  expect([known.applicant.name, known.revision, known.is_found, known.my_duty]).toEqual(['者玉梅', 0, true, 'main'])
  expect([known.published_at, known.due_at]).toEqual(['2026-07-07T16:00:00.000Z', '2026-07-13T16:00:00.000Z'])
  expect(JSON.stringify(known)).not.toContain(NUMBER)
  const { envelope } = (await (await openStore()).get('items', (await itemIn(caseId)).id))!
  const content = JSON.parse((await world.server.opener.openItem(envelope)).text)
  expect(content).toMatchObject({ case_id: caseId, area_code: AREA.code, id_number: NUMBER, needs: ['house'], text: '房檐掉瓦' })
  expect(Object.keys(content)).not.toContain('shown_name')
})

test('its form is filled before any network, and goes after the household it hangs on', async () => {
  const caseId = await found()
  expect((await loadDraft(caseId)).answers).toMatchObject({ head_name: '者玉梅', members: [{ m_name: '者玉梅', m_relation: 'head' }] })
  await saveAnswers(caseId, { living_size: 3 })
  await finishVisit(caseId)
  expect((await waitingItems(false)).map((row) => row.kind)).toEqual(['discovery', 'visit'])
  await syncNow()
  expect([...world.server.stored.values()].map(([envelope]) => envelope!.kind)).toEqual(['discovery', 'visit'])
})

test('急难 goes first, with the household that it is about when that was found here', async () => {
  await finishAttempt('case-1', { attempted_at: told.found_at, result: 'away', reason: '', witness: '' })
  await found()
  const second = await found()
  await reportUrgent('case-1', urgent)
  await reportUrgent(second, urgent)
  const order = (await waitingItems(false)).map((row) => [row.kind, row.case_id === second])
  expect(order).toEqual([['discovery', true], ['urgent', false], ['urgent', true], ['attempt', false], ['discovery', false]])
})

test('a pull neither asks for it nor takes it for gone until the office has decided', async () => {
  const caseId = await found()
  expect(Object.keys(await knownRevisions(USER.id))).toEqual(['case-1'])
  await syncNow()
  expect(await getCase(caseId)).not.toBeNull()
  const item = await itemIn(caseId)
  verdict(item.id, 'quarantined')
  await syncNow()
  expect(await getCase(caseId)).not.toBeNull()
  verdict(item.id, 'applied')
  world.server.cases = [sampleCase(), sampleCase({ id: caseId, revision: 2, number: 'FX1', is_found: true })]
  await syncNow()
  expect((await getCase(caseId))).toMatchObject({ revision: 2, number: 'FX1' })
  expect(await knownRevisions(USER.id)).toEqual({ 'case-1': 3, [caseId]: 2 })
})

test('who was known before leaves the list, unless something is begun for them', async () => {
  const [first, second] = [await found(), await found()]
  await saveAnswers(second, { living_size: 3 })
  await syncNow()
  for (const id of [first, second]) verdict((await itemIn(id)).id, 'needs_review')
  await syncNow()
  expect((await listCases()).map((one) => one.id).sort()).toEqual(['case-1', second].sort())
  await finishVisit(second)
  expect((await waitingItems(false)).map((row) => row.case_id)).toEqual([second])
})

test('signing out keeps what the office has not heard of', async () => {
  const caseId = await found()
  await signOut()
  await enterAs('grid01')
  expect((await listCases()).map((one) => one.id)).toContain(caseId)
})

describe('a discovery that is cut anywhere leaves all or nothing', () => {
  // seq, case, item; then the note and its copy go.
  for (let broken = 1; broken <= 5; broken += 1) {
    test(`write ${broken} fails`, async () => {
      const caseId = await openDiscovery()
      await saveNote(caseId, 'discovery', { name: '者' })
      const restore = failWrite(broken)
      await expect(discover(caseId, told)).rejects.toMatchObject({ code: 'store_failed' })
      restore()
      expect([await getCase(caseId), await listOutbox(), await readMeta('seq')]).toEqual([null, [], null])
      expect(await loadNote(caseId, 'discovery')).toEqual({ name: '者' })
      await discover(caseId, told)
      expect((await listOutbox()).length).toBe(1)
    })
  }
})

test('one id opens one household', async () => {
  const caseId = await found()
  await expect(discover(caseId, told)).rejects.toMatchObject({ code: 'store_failed' })
  expect((await listOutbox()).length).toBe(1)
})

test('what turned out to be known is dropped with its copy', async () => {
  const caseId = await openDiscovery()
  await saveNote(caseId, 'discovery', { name: '者' })
  await dropNote(caseId, 'discovery')
  expect([await loadNote(caseId, 'discovery'), await (await openStore()).getAll('sealed_drafts')]).toEqual([null, []])
})

test('the office comes with the pull and is asked for only when it changed', async () => {
  expect(world.server.bodies.filter((one) => one.path === '/changes').pop()!.body.office).toBe('')
  world.server.office = { digest: 'abc', townships: [{ code: '620525100', name: '张家川镇', phones: [{ name: '白彩霞', phone: '12000001004' }], villages: [AREA] }] }
  await syncNow()
  expect((await readMeta('offices'))?.[USER.id]?.townships[0]?.phones[0]?.phone).toBe('12000001004')
  await syncNow()
  expect(world.server.bodies.filter((one) => one.path === '/changes').pop()!.body.office).toBe('abc')
})

test.each([['者玉梅', '者玉兰', true], ['者玉梅', '者玉梅', true], ['者玉梅', '马玉梅', false], ['者玉', '者玉梅', false], ['者', '者', false]])(
  '%s and %s: %s', (left, right, expected) => { expect(isAlike(left, right)).toBe(expected) },
)

/** Makes the n-th write of the store from now on fail, as a broken disk would. */
function failWrite(nth: number): () => void {
  const methods = ['put', 'add', 'delete'] as const
  const kept = methods.map((name) => IDBObjectStore.prototype[name])
  let count = 0
  methods.forEach((name, index) => {
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...args: any[]) {
      count += 1
      if (count === nth) throw new DOMException('disk', 'UnknownError')
      return (kept[index] as any).apply(this, args)
    } as any
  })
  return () => methods.forEach((name, index) => Object.assign(IDBObjectStore.prototype, { [name]: kept[index] }))
}
