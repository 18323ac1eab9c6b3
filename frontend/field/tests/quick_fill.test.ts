import { expect, test } from 'vitest'
import { readSexAndAge } from '../src/composables/answer'
import { doubtedIn } from '../src/composables/doubted'
import { useGiving } from '../src/composables/given_together'
import { knownFrom, memberKnownFrom, peopleFrom } from '../src/composables/known'
import { normalOfMember } from '../src/composables/normal'
import { progressOf } from '../src/composables/progress'
import { withoutJoiners } from '../src/composables/time'
import { usualTogether } from '../src/composables/together'
import { FORM } from '../src/contract/form'
import type { Answers, Section } from '../src/rules/form_shape'
import type { LocalCase } from '../src/store/cases'
import { sampleCase } from './support/sample'

const declared = (hardship_text: string): Partial<LocalCase> => ({ declared: { ...sampleCase().declared, hardship_text } })

const DAY = '2026-07-10'
const section = (key: string): Section => FORM.sections.find((one) => one.key === key)!
const people = FORM.sections.find((one) => one.repeat)!.questions
const brought = (change: Partial<LocalCase['prefill']>): LocalCase => {
  const item = sampleCase({})
  return { ...item, last_answers: null, prefill: { ...item.prefill, ...change } }
}

test('whoever brought an answer along is named beside it, and no longer when it was changed', () => {
  const item = brought({
    answers: { head_name: '马占福', registered_size: 4, living_size: 3, live_address: '毛山村' }, visited_on: '2026-03-02',
    sources: { head_name: 'roster', registered_size: 'visit', living_size: 'declaration', live_address: 'likely' },
  })
  expect(knownFrom(item, 'head_name', '马占福')).toBe('名册')
  expect(withoutJoiners(knownFrom(item, 'registered_size', 4) ?? '')).toBe('上次核查，2026年3月2日')
  expect(knownFrom(item, 'living_size', 3)).toBe('申报')
  expect(knownFrom(item, 'live_address', '毛山村')).toBe('先按申报人填')
  expect(knownFrom(item, 'living_size', 2)).toBe('')
})

test('each person has a source of their own, and the line above names them all', () => {
  const item = brought({
    members: [{ m_name: '马占福', m_relation: 'head' }, { m_name: '李玉兰' }, { m_name: '马小明' }],
    members_from: ['likely', 'roster', 'roster'],
  })
  expect(memberKnownFrom(item, { m_name: '马占福', m_relation: 'head' }, 'm_relation')).toBe('申报，先按户主填')
  expect(memberKnownFrom(item, { m_name: '李玉兰' }, 'm_name')).toBe('名册')
  expect(peopleFrom(item)).toBe('申报、名册')
})

test('a case kept by an older app, which named no sources, still says 申报', () => {
  const { sources: _sources, members_from: _from, visited_on: _on, ...old } = brought({ answers: { head_name: '马占福' } }).prefill
  const item = { ...brought({}), prefill: old } as LocalCase
  expect(knownFrom(item, 'head_name', '马占福')).toBe('申报')
  expect(peopleFrom(item)).toBe('')
})

test('a masked number with its day of birth still tells sex and age', () => {
  expect(readSexAndAge('620599********0051', '1971-06-30')).toMatchObject({ sex: '男' })
  expect(readSexAndAge('620599********0021', '1971-06-30')).toMatchObject({ sex: '女' })
  expect(readSexAndAge('620599********0051')).toBeNull()
})

test.each<[string, Answers, unknown]>([
  ['a healthy grown-up can work', { m_birth_on: '1971-06-30' }, 'ordinary'],
  ['a child cannot', { m_birth_on: '2018-06-30' }, 'none'],
  ['of an old person it is asked', { m_birth_on: '1956-06-30' }, undefined],
  ['of somebody ill it is asked', { m_birth_on: '1971-06-30', m_health: ['serious'] }, undefined],
  ['of somebody whose age nobody knows it is asked', {}, undefined],
  ['what was answered stays', { m_birth_on: '1971-06-30', m_labour: 'weak' }, undefined],
])('都正常: %s', (_what, member, labour) => {
  expect(normalOfMember(people, {}, member, DAY).m_labour).toBe(labour)
})

test('expenses, property and safeguards are agreed to together, and only what was read out is written', () => {
  const told = usualTogether(section('S4'), progressOf({}).missing, {})!
  expect(told.sections.map((one) => one.title)).toEqual(['支出', '财产', '吃穿和三保障、饮水'])
  expect(told.sections[0]!.lines).toContain('没有刚性支出')
  expect(told.sections[2]!.lines).toEqual(expect.arrayContaining(['没参加医保的：0\u00a0人']))
  expect(told.after?.key).toBe('S7')
  const left = progressOf(told.changes).missing.map((one) => one.section)
  expect(left).not.toContain('S4')
  expect(left).not.toContain('S5')
  expect(left).not.toContain('S6')
})

test.each<[string, Partial<LocalCase>, string[]]>([
  ['a crack in the wall', declared('窑房墙上裂了个大缝子'), ['house_defects', 'house_grade']],
  ['a dry well', declared('水窖见底'), ['water_source', 'water_issues']],
  ['a fire', declared('家里着火了，粮食被褥烧光了'), ['food', 'clothing', 'house_defects']],
  ['danger', { is_urgent: true }, ['food', 'house_defects', 'is_urgent']],
  ['a roster that once had somebody', { comparison: { code: 'M7', label: '曾享受已停', note: '' } }, ['current_benefits']],
])('the usual is not offered against %s', (_what, known, keys) => {
  const doubted = doubtedIn({ ...sampleCase(), ...known })
  expect([...doubted]).toEqual(expect.arrayContaining(keys))
  expect([...doubtedIn(sampleCase())]).toEqual([])
  const together = usualTogether(section('S4'), progressOf({}).missing, {}, doubted)
  for (const key of keys) expect(together?.changes ?? {}).not.toHaveProperty(key)
})

test('what needs an answer of its own is never agreed to along the way', () => {
  expect(usualTogether(section('S3'), progressOf({}).missing, {})).toBeNull()
  const half = { has_expenses: 'yes', expenses: [{ x_code: 'M1' }] }
  expect(usualTogether(section('S4'), progressOf(half).missing, half)).toBeNull()
  expect(usualTogether(section('S6'), progressOf({}).missing, {})).toBeNull()
})

test('what one tap gave is taken back whole, except what was changed since', () => {
  let answers: Answers = { has_debts: 'yes' }
  const set = (changes: Answers): void => { answers = { ...answers, ...changes } }
  const here = (): ReturnType<typeof useGiving> => useGiving('case-1', () => answers, set)
  here().giveTogether({ food: 'yes', clothing: 'yes', houses: [{ h_use: 'lived_in' }] }, ['S5', 'S6'])
  set({ clothing: 'no', houses: [{ h_use: 'lived_in', id: 'house-1' }] })
  const nextScreen = here()
  expect(nextScreen.given.value?.sections).toEqual(['S5', 'S6'])
  expect(useGiving('case-2', () => answers, set).given.value).toBeNull()
  nextScreen.takeBack()
  expect(answers).toEqual({ has_debts: 'yes', food: undefined, houses: undefined, clothing: 'no' })
  expect(here().given.value).toBeNull()
})
