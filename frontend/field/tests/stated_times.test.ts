import { expect, test } from 'vitest'
import { outdatedSigners } from '../src/composables/signing'
import type { Visitor } from '../src/composables/signing'
import { colleagues, expectedVisitors, withVisitors } from '../src/composables/visitors'
import { timeFault } from '../src/rules/stated_times'
import { getCase } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { finishVisit } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { contentMark } from '../src/store/signed_content'
import { sampleBytes } from './support/sample'
import { freshWorld } from './support/world'

const world = freshWorld()
const at = (text: string): number => Date.parse(`${text}+08:00`)
const around = { now: at('2026-07-10T21:00'), publishedAt: at('2026-07-08T09:00'), isOtherDay: false }

async function contentOf(id: string): Promise<any> {
  return JSON.parse((await world.server.opener.openItem((await (await openStore()).get('items', id))!.envelope)).text)
}

test.each([
  ['2026-07-10T15:20', '2026-07-10T16:00', {}, ''],
  ['2026-07-10T15:20', '', {}, ''],
  ['', '2026-07-10T16:00', {}, 'no_start'],
  ['2026-07-08T08:59', '2026-07-10T16:00', {}, 'early'],
  ['2026-07-10T21:01', '', {}, 'late'],
  ['2026-07-10T15:20', '2026-07-10T21:01', {}, 'late'],
  ['2026-07-10T15:20', '2026-07-10T15:19', {}, 'end_first'],
  ['2026-07-09T15:20', '', { isOtherDay: true }, 'no_end'],
  ['2026-07-09T15:20', '2026-07-09T16:00', { isOtherDay: true }, ''],
])('a visit from %s to %s', (start, end, change, expected) => {
  const told = { start: start ? at(start) : null, end: end ? at(end) : null }
  expect(timeFault(told, { ...around, ...change })).toBe(expected)
})

test('who was sent stands in a form that was only looked at, and nothing is written down', async () => {
  const item = (await getCase('case-1'))!
  const shown = withVisitors((await loadDraft('case-1')).answers, item)
  expect(shown.visitors).toHaveLength(item.people.length + 1)
  expect(withVisitors({ visitors: [{ name: '者志强' }] }, item).visitors).toEqual([{ name: '者志强' }])
  expect(await listDrafts()).toEqual([])
})

test('who goes along is told apart by account, with unit and number', async () => {
  const item = (await getCase('case-1'))!
  const me = { id: 'u1', username: 'grid01', name: '马强', role: 'grid_worker', role_label: '防贫监测网格员', unit: '恭门镇' }
  const along = { user_id: 'u2', name: '马强', unit: '驻村工作队', role_label: '驻村帮扶工作队', duty: 'companion' as const, phone: '12000000002' }
  const mine = { ...along, user_id: 'u1', unit: '恭门镇', role_label: '防贫监测网格员', duty: 'main' as const, phone: '' }
  expect(expectedVisitors({ ...item, people: [mine, along] }, me as never)).toEqual([
    { user_id: 'u1', name: '马强', unit: '恭门镇', role: '防贫监测网格员' },
    { user_id: 'u2', name: '马强', unit: '驻村工作队', role: '驻村帮扶工作队', phone: '12000000002' },
  ])
  const { user_id: _none, unit: _unit, ...older } = along
  expect(expectedVisitors({ ...item, people: [older as never] }, me as never)).toHaveLength(1)
})

test('a second visitor is chosen by account: who was sent here first, nobody twice, whoever was typed again', async () => {
  const item = (await getCase('case-1'))!
  const me = { id: 'u1', username: 'grid01', name: '马强', role: 'grid_worker', role_label: '防贫监测网格员', unit: '恭门镇' }
  const of = (user_id: string, name: string) => ({ user_id, name, unit: '恭门镇', role_label: '驻村帮扶工作队', duty: 'companion' as const, phone: '' })
  const here = { ...item, people: [of('u1', '马强'), of('u2', '丁志强')] }
  const cases = [here, { ...item, people: [of('u3', '者志强'), of('u2', '丁志强')] }]
  const names = (taken: Visitor[]): string[] => colleagues(here, cases, me as never, taken).map((one) => one.name)
  expect(names([])).toEqual(['马强', '丁志强', '者志强'])
  expect(names(expectedVisitors(here, me as never))).toEqual(['者志强'])
  expect(names([{ user_id: 'u1', name: '马强', unit: '', role: '' }, { name: '丁志强', unit: '', role: '' }])).toEqual(['丁志强', '者志强'])
})

test('a visit begins with its first answer', async () => {
  const before = new Date().toISOString()
  await loadDraft('case-1')
  await saveAnswers('case-1', { living_size: 4 })
  const { startedAt } = await loadDraft('case-1')
  expect(startedAt >= before).toBe(true)
  await saveAnswers('case-1', { living_size: 5 })
  const content = await contentOf((await finishVisit('case-1')).id)
  expect([content.visited_at, content.answers.started_at]).toEqual([startedAt, startedAt])
})

test('a picture taken before the first answer is its beginning', async () => {
  await keepPhoto({ caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' }, sampleBytes(1000, 1))
  const shot = (await (await openStore()).getAll('photos'))[0]!.added_at
  await new Promise((later) => setTimeout(later, 20))
  await saveAnswers('case-1', { living_size: 4 })
  expect((await loadDraft('case-1')).startedAt).toBe(shot)
})

test('what somebody says of the time travels beside what the phone had', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const { startedAt } = await loadDraft('case-1')
  await saveAnswers('case-1', { living_size: 4, visited_at: '2026-07-08T07:20:00.000Z', ended_at: '2026-07-08T08:00:00.000Z' })
  const content = await contentOf((await finishVisit('case-1')).id)
  expect([content.visited_at, content.ended_at]).toEqual(['2026-07-08T07:20:00.000Z', '2026-07-08T08:00:00.000Z'])
  expect([content.answers.visited_at, content.answers.started_at]).toEqual(['2026-07-08T07:20:00.000Z', startedAt])
})

test('a time put right at night asks nobody to sign again', () => {
  const form = { living_size: 4, photos: [] }
  const signed = { ...form, signature_visitor_1: { strokes: [[1, 2, 90, 40]], width: 300, height: 120, signed_at: '', content_mark: contentMark(form) } }
  expect(outdatedSigners({ ...signed, visited_at: '2026-07-08T07:20:00.000Z', ended_at: '2026-07-08T08:00:00.000Z', started_at: '2026-07-08T13:00:00.000Z' })).toEqual([])
  expect(outdatedSigners({ ...signed, living_size: 5 })).toHaveLength(1)
})
