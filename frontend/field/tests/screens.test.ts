import { expect, test } from 'vitest'
import { answerText, findQuestion, sayAlone, sayAnswer, thousands } from '../src/composables/answer'
import { memberKnownFrom } from '../src/composables/known'
import { normalAnswers } from '../src/composables/normal'
import { missingPlace, missingText } from '../src/composables/places'
import { progressOf } from '../src/composables/progress'
import { fixesOf, openFixes, saidOn } from '../src/composables/returned'
import { sectionSummary } from '../src/composables/summary'
import { inkBox, pointsOf } from '../src/composables/signing'
import { byUrgency, taskOf, type TaskSources } from '../src/composables/tasks'
import { dateText, lastDayText, momentText, monthText, withoutJoiners } from '../src/composables/time'
import { FORM } from '../src/contract/form'
import { isAsked } from '../src/rules/when'
import type { LocalCase } from '../src/store/cases'
import type { OutboxEntry } from '../src/store/outbox'

const NOW = Date.parse('2026-07-10T04:00:00Z')
const prefill = (change: Partial<LocalCase['prefill']> = {}): LocalCase['prefill'] => ({ answers: {}, members: [], sources: {}, members_from: [], visited_on: null, ...change })
const household = (change: Partial<LocalCase> = {}): LocalCase => ({
  id: 'c1', revision: 1, number: 'GM-1', stage: 'assigned', stage_label: '', applicant: { name: '马法图麦', id_masked: '', phone_masked: '', sex: 'female', birth_on: null },
  area: { code: '', township: '恭门镇', village: '毛山村', group: '五社' }, published_at: '2026-07-06T02:00:00Z', due_at: '2026-07-11T16:00:00Z',
  declared: { family_size: 5, hardship_text: '墙裂了', risk_label: '', submitted_at: '2026-07-04T02:00:00Z', is_proxy: false, proxy_name: '' },
  count_mode: 'calendar', limit_days: 5, is_priority: false, is_urgent: false, is_found: false, comparison: { code: 'M9', label: '', note: '' }, people: [], my_duty: 'main',
  returned: null, visits: [], observations: [], attempts: [], extension: null, explain: null, last_answers: null, prefill: prefill(), ...change,
})
const sources = (change: Partial<TaskSources> = {}): TaskSources => ({ fills: new Map(), outbox: [], seen: new Set(), now: NOW, ...change })
const sent = (savedAt: string): OutboxEntry => ({ item: { id: 'i1', kind: 'visit', caseId: 'c1', title: '', state: 'waiting', savedAt }, photos: [] })

test('a case moves from the days left to the visited ones, and back when it is returned', () => {
  const fresh = taskOf(household(), sources())
  expect([fresh.tab, fresh.leaf.value, fresh.tag?.kind, fresh.isFirst]).toEqual(['todo', '1', 'new', true])
  const done = sources({ outbox: [sent('2026-07-10T03:00:00Z')] })
  expect(taskOf(household(), done)).toMatchObject({ tab: 'visited', tag: { kind: 'outbox' } })
  const returned = household({ stage: 'returned', returned: { reason: '', reason_code: 'photo', comments: [], returned_at: '2026-07-10T03:30:00Z', by: '白彩霞' } })
  expect(taskOf(returned, done).tab).toBe('returned')
  expect(taskOf(returned, sources({ outbox: [sent('2026-07-10T03:40:00Z')] })).tab).toBe('visited')
})

test('that a visit arrived is said once, by its leaf', () => {
  const visit = { id: 'v1', author: '米建军', visited_at: '2026-07-08T02:00:00Z', is_mine: true, superseded: false, photos_expected: 5, photos_stored: 5 }
  const task = taskOf(household({ stage: 'submitted', visits: [visit as LocalCase['visits'][number]] }), sources())
  expect([task.tab, task.leaf.look, task.tag]).toEqual(['visited', 'got', null])
})

test('who is not insured is asked about where somebody is not', () => {
  const { when } = findQuestion('uninsured_note')!.question
  expect([0, 2, undefined, '2'].map((count) => isAsked(when, { uninsured_count: count }))).toEqual([false, true, false, false])
})

test('danger stands first, then what is due', () => {
  const late = taskOf(household({ id: 'late', due_at: '2026-07-08T16:00:00Z' }), sources())
  const urgent = taskOf(household({ id: 'urgent', is_urgent: true, due_at: '2026-07-14T16:00:00Z' }), sources())
  const calm = taskOf(household({ id: 'calm', due_at: '2026-07-14T16:00:00Z' }), sources())
  expect([calm, late, urgent].sort(byUrgency).map((task) => task.item.id)).toEqual(['urgent', 'late', 'calm'])
  expect([late.leaf.look, late.leaf.value]).toEqual(['over', '2'])
})

test('one tap of 都正常 reaches the questions it opens, and nothing already answered', () => {
  const members = FORM.sections.find((section) => section.repeat)!
  const given = normalAnswers(members.questions, {}, { m_insurance: 'none' })
  expect(given).toMatchObject({ m_is_living: 'yes', m_health: ['healthy'] })
  expect(given).not.toHaveProperty('m_insurance')
  expect(normalAnswers(members.questions, {}, { m_is_living: 'no' })).not.toHaveProperty('m_health')
})

test('every missing thing of an empty form has words and a place', () => {
  const { missing, done, next } = progressOf({})
  expect(missing.length).toBeGreaterThan(30)
  expect([done, next?.section.key]).toEqual([0, 'S0'])
  for (const item of missing) {
    expect(missingText(item, {})).not.toBe('')
    expect(missingPlace('c1', item)).toMatchObject({ params: { id: 'c1' } })
  }
})

test('known visitors alone do not begin the last section', () => {
  const last = (answers: object) => progressOf({ ...answers }).sections[FORM.sections.length - 1]
  expect(last({ visitors: [{ name: '米建军' }, { name: '丁志强' }] })?.state).toBe('none')
  expect(last({ signature_visitor_1: { strokes: [[1, 1]] } })?.state).toBe('part')
})

test("the reviewer's words stand on their field until the answer changes", () => {
  const comments = [{ key: 'coping', text: '再问' }, { key: 'photos.room', text: '太黑' }, { key: 'members.0.m_work', text: '哪个对' }]
  const before = { coping: 'able', photos: [{ id: 'p1', kind: 'room' }], members: [{ m_name: '马法图麦', m_work: 'idle' }] }
  const item = household({ last_answers: before, returned: { reason: '', reason_code: 'photo', comments, returned_at: '', by: '白彩霞' } })
  expect(fixesOf(item, before).map((fix) => fix.isDone)).toEqual([false, false, false])
  const after = { coping: 'unable', photos: [...before.photos, { id: 'p2', kind: 'room' }], members: [{ m_name: '马法图麦', m_work: 'farming' }] }
  expect(fixesOf(item, after).map((fix) => fix.isDone)).toEqual([true, true, true])
  expect(saidOn(item, 'm_work', 0)).toContain('哪个对')
  expect(saidOn(item, 'm_work', 1)).toBe('')
})

test('a word on one person or one entry stands there alone, and is done when that one changes', () => {
  const comments = [{ key: 'members.1', text: '年龄不对' }, { key: 'incomes.1', text: '没有单据' }]
  const before = { members: [{ m_name: '马占福' }, { m_name: '马法图麦' }], incomes: [{ i_code: 'W1' }, { i_code: 'W1', i_member: '马法图麦' }] }
  const item = household({ last_answers: before, returned: { reason: '', reason_code: 'other', comments, returned_at: '', by: '白彩霞' } })
  const [person, entry] = fixesOf(item, before)
  expect([person!.label, entry!.label]).toEqual(['马法图麦', expect.stringContaining('马法图麦\u00a0· ')])
  expect([person!.isDone, entry!.isDone]).toEqual([false, false])
  const other = { members: [{ m_name: '马占福', m_work: 'idle' }, before.members[1]], incomes: [{ i_code: 'W2' }, before.incomes[1]] }
  expect(fixesOf(item, other).map((fix) => fix.isDone)).toEqual([false, false])
  const after = { members: [before.members[0], { m_name: '马法图麦', m_work: 'idle' }], incomes: [before.incomes[0], { i_code: 'W1', i_member: '马法图麦', i_months: 5 }] }
  expect(fixesOf(item, after).map((fix) => fix.isDone)).toEqual([true, true])
  expect(saidOn(item, 'incomes', undefined, 1)).toContain('没有单据')
  expect([saidOn(item, 'incomes'), saidOn(item, 'incomes', undefined, 0)]).toEqual(['', ''])
})

test('a member is known by number or name, wherever the row went', () => {
  const item = household({ prefill: prefill({ members: [{ m_name: '马子涵', m_relation: 'son' }], members_from: ['roster'] }) })
  expect(memberKnownFrom(item, { m_name: '马子涵', m_relation: 'son' }, 'm_relation')).not.toBe('')
  expect(memberKnownFrom(item, { m_name: '马子涵', m_relation: 'daughter' }, 'm_relation')).toBe('')
})

test('a day goes to the next line as a whole, and only for the eye', () => {
  const [day, month] = [dateText('2023-11-30'), monthText('2023-11-30')]
  expect([day, month].join('—')).toBe('2023\u2060年\u206011\u2060月\u206030\u2060日—2023\u2060年\u206011\u2060月')
  expect(lastDayText('2026-07-11T16:00:00Z')).toMatch(/^7\u2060月\u206011\u2060日（周.）$/)
  expect(withoutJoiners(day)).toBe('2023年11月30日')
})

test('days and clocks are those of Gansu, a limit ends on its last day', () => {
  expect(withoutJoiners(lastDayText('2026-07-11T16:00:00Z'))).toContain('7月11日')
  expect(momentText('2026-07-09T16:30:00Z', NOW)).toMatch(/^今天 00:30$/)
  expect(withoutJoiners(momentText('2026-07-09T12:14:00Z', NOW))).toBe('7月9日 20:14')
})

test('answers read as words, ink has a box', () => {
  expect(thousands(1234567.5)).toBe('1,234,567.5')
  expect(answerText(findQuestion('house_defects')!.question, ['crack', 'leak'])).toBe('墙体裂缝、屋顶漏雨')
  expect([inkBox([[10, 20, 30, 60]]), pointsOf([5, 6])]).toEqual(['2 12 36 56', '5,6 5,6'])
})

test('a section with something sent back says so until it is changed, a photo says of which kind', () => {
  const last = { living_size: 8, photos: [{ id: 'p1', kind: 'house' }] }
  const comments = [{ key: 'living_size', text: '少写一个' }, { key: 'photos.house', text: '太黑' }]
  const item = household({ last_answers: last, returned: { reason: '', reason_code: 'photo', comments, returned_at: '2026-07-10T03:30:00Z', by: '白彩霞' } })
  const [people, pictures] = ['living_size', 'photos'].map((key) => FORM.sections.find((one) => one.questions.some((question) => question.key === key))!.key)
  expect([...openFixes(item, last)]).toEqual([[people, 1], [pictures, 1]])
  expect([...openFixes(item, { ...last, living_size: 9 })]).toEqual([[pictures, 1]])
  expect(openFixes(household(), last).size).toBe(0)
  // Once it is changed, what was handed in is still told.
  expect(fixesOf(item, { ...last, living_size: 9 })[0]).toMatchObject({ now: '9 人', before: '8 人', isDone: true })
  expect(saidOn(item, 'photos')).toBe('房屋外观，白彩霞说：太黑')
})

test('photos that nobody agreed to are not counted as taken', () => {
  const section = FORM.sections.find((one) => one.questions.some((question) => question.kind === 'photos'))!
  const say = (answers: Record<string, unknown>) => sectionSummary({ section, state: 'ok', missing: [] }, answers)
  expect(say({ photo_refusals: { house: '不愿意', room: '不愿意' } })).toBe('2 样都不同意拍，写了原因')
  expect(say({ photos: [{ id: 'p1', kind: 'house' }], photo_refusals: { room: '不愿意' } })).toBe('拍了 1 张，1 样不同意拍')
  expect(say({})).toBe('拍了 0 张')
})

test('an answer without its question says what it answers, or nothing', () => {
  const say = (key: string, value: unknown) => sayAnswer(findQuestion(key)!.question, value)
  expect([say('has_vehicles', 'yes'), say('has_vehicles', 'no')]).toEqual(['有车', '没有车'])
  expect([say('is_only_house', 'yes'), say('is_urgent', 'no')]).toEqual(['只有这一处房', '不是急难，等不得'])
  const alone = (key: string, value: unknown) => sayAlone(findQuestion(key)!.question, value)
  expect([alone('m_benefits', ['none']), alone('m_work', 'farming')]).toEqual(['', answerText(findQuestion('m_work')!.question, 'farming')])
})
