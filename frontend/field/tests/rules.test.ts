import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cardChanges, countsAfter, memberChanges } from '../src/composables/member_changes'
import { SHIPPED_PARAMETERS } from '../src/contract/rules'
import type { Answers } from '../src/rules/form_shape'
import { exemptionOf, monthsOf } from '../src/composables/money'
import { FORM } from '../src/contract/form'
import { withIds } from '../src/rules/own_ids'
import { canonicalJson } from '../src/store/canonical'
import { newId } from '../src/store/ids'
import { gaugeOf } from '../src/store/storage_gauge'
import { daysLeft, deadlineState, rulerPips } from '../src/rules/deadline'
import { checksumOf, readId } from '../src/rules/identity'
import { isAsked } from '../src/rules/when'
import { pauseAfter } from '../src/sync/backoff'

describe('the five-day ruler', () => {
  const published = '2026-07-06T02:00:00Z'
  const due = '2026-07-11T16:00:00Z'
  test('on the day of publication all five are left', () => {
    expect(rulerPips(published, due, '2026-07-06T15:59:00Z')).toEqual(Array(5).fill('left'))
  })
  test('a day later the first is today', () => {
    expect(rulerPips(published, due, '2026-07-06T16:00:00Z')).toEqual(['today', 'left', 'left', 'left', 'left'])
  })
  test('on the last day four are gone', () => {
    expect(rulerPips(published, due, '2026-07-11T15:59:59Z')).toEqual(['gone', 'gone', 'gone', 'gone', 'today'])
    expect(deadlineState(due, '2026-07-11T15:59:59Z')).toBe('today')
  })
  test('two days past the end', () => {
    expect(rulerPips(published, due, '2026-07-13T04:00:00Z').slice(5)).toEqual(['over', 'over'])
    expect(daysLeft(due, '2026-07-13T04:00:00Z')).toBe(-2)
  })
})

describe('conditions', () => {
  const member = { m_health: ['disabled', 'chronic'], m_is_living: 'yes' }
  test('a member\'s own answer goes before the household\'s', () => {
    const when = { key: 'm_is_living', equals: 'yes' }
    expect(isAsked(when, { m_is_living: 'no' }, member)).toBe(true)
    expect(isAsked(when, { m_is_living: 'no' }, {})).toBe(false)
  })
  test('all, any, in, includes', () => {
    const when = { all: [{ any: [{ key: 'm_health', includes: 'serious' }, { key: 'm_health', includes: 'chronic' }] }, { key: 'visit_mode', in: ['video', 'phone'] }] }
    expect(isAsked(when, { visit_mode: 'phone' }, member)).toBe(true)
    expect(isAsked(when, { visit_mode: 'in_person' }, member)).toBe(false)
    expect(isAsked({ key: 'm_health', includes: 'chronic' }, {})).toBe(false)
  })
})

test('any number with its own check digit and a real day is read, with one digit changed it is not', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  fc.assert(fc.property(day, fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 9 }), (birth, order, step) => {
    const first17 = `620599${birth.toISOString().slice(0, 10).replace(/-/g, '')}${String(order).padStart(3, '0')}`
    const number = first17 + checksumOf(first17)
    expect(readId(number, '2026-06-30')?.birthOn).toBe(birth.toISOString().slice(0, 10))
    const slipped = number.slice(0, 16) + ((Number(number[16]) + step) % 10) + number[17]
    expect(readId(slipped, '2026-06-30')).toBeNull()
  }))
})

test('the canonical text does not depend on the order of keys and reads back as the value', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const plain = JSON.parse(JSON.stringify(value))
    const text = canonicalJson(plain)
    expect(JSON.parse(text)).toEqual(plain)
    expect(canonicalJson(reversed(plain))).toBe(text)
  }))
  expect(canonicalJson('马\ud83d，\u0000牛🐂')).toBe('"马\ufffd，牛🐂"')
  expect(canonicalJson({ b: 1, a: [undefined, null], c: undefined })).toBe('{"a":[null,null],"b":1}')
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]))
}

test('ids are UUIDv7 and sort in the order of their making, also when the clock goes back', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => newId(1_780_000_000_000 - (index % 3) * 5_000))
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('pauses double, are spread and stay below five minutes', () => {
  expect(pauseAfter(1, () => 1)).toBe(2_000)
  expect(pauseAfter(3, () => 1)).toBe(8_000)
  expect(pauseAfter(500, () => 1)).toBe(300_000)
  expect(pauseAfter(3, () => 0)).toBe(4_000)
})

test('the gauge warns at 70 % and refuses photos at 90 %', () => {
  expect(gaugeOf(699, 1000).level).toBe('ok')
  expect(gaugeOf(700, 1000).level).toBe('warn')
  expect(gaugeOf(900, 1000)).toMatchObject({ level: 'full', photosLeft: 0 })
  expect(gaugeOf(5, 0).level).toBe('ok')
})

describe('a form of version 2 on a phone of version 3', () => {
  let made = 0
  const newId = (): string => `n${made += 1}`
  const old = {
    head_name: '马占福', dry_months: '12月', needs: ['health'], land_mu: 6.5,
    members: [{ m_name: '马占福', m_work: 'farming' }, { m_name: '李玉兰', id: 'kept' }], incomes: [{ i_code: 'W1', i_amount_fen: 5 }],
    overruled: { tiny_wages: '只打了两天工', 'able_without_labour:0': '腿疼', 'old_without_pension:1': '没办', 'wages_without_months:0': '记不清', 'x:9': '?' },
  }
  test('keeps every answer; reasons move to who they are about', () => {
    const now = withIds(old, ['members', 'incomes'], newId)
    expect(now).toEqual({
      ...old, members: [{ ...old.members[0], id: 'n1' }, old.members[1]], incomes: [{ ...old.incomes[0], id: 'n2' }],
      overruled: { tiny_wages: '只打了两天工', 'able_without_labour:n1': '腿疼', 'old_without_pension:1': '没办', 'wages_without_months:n2': '记不清', 'x:9': '?' },
    })
    expect(withIds(now, ['members', 'incomes'], newId)).toEqual(now)
  })
  test('odd answers stay as they are', () => {
    const odd = { members: '五口人', incomes: [5, null], overruled: ['x'] }
    expect(withIds(odd, ['members', 'incomes'], newId)).toEqual(odd)
  })
})

describe('what one answer settles of others', () => {
  const members = FORM.sections.find((section) => section.repeat)!.questions
  const number = '620599197304120244'
  test('who cannot work is asked about work only to correct it', () => {
    expect(memberChanges(members, {}, 'm_labour', 'none')).toEqual({ m_labour: 'none', m_work: 'not_applicable' })
    expect(memberChanges(members, { m_work: 'farming' }, 'm_labour', 'none')).toEqual({ m_labour: 'none' })
    expect(memberChanges(members, { m_labour: 'none', m_work: 'not_applicable' }, 'm_labour', 'weak')).toEqual({ m_labour: 'weak', m_work: undefined })
  })
  test('another number takes the birthday of the one before along', () => {
    expect(memberChanges(members, { m_birth_on: '1950-01-01' }, 'm_id_number', number)).toEqual({ m_id_number: number, m_birth_on: undefined, m_sex: undefined })
    expect(memberChanges(members, { m_birth_on: '1950-01-01' }, 'm_id_number', '6205')).toEqual({ m_id_number: '6205' })
  })
  test('the old mask, written again, brings back what was known beside it', () => {
    const mask = '620599********3988'
    const known = { m_id_number: mask, m_birth_on: '1971-06-30', m_sex: 'female' }
    const emptied = { ...known, ...memberChanges(members, known, 'm_id_number', number, [known]) }
    expect([emptied.m_birth_on, emptied.m_sex]).toEqual([undefined, undefined])
    expect(memberChanges(members, emptied, 'm_id_number', mask, [{ m_name: '别人' }, known])).toEqual(known)
    expect(memberChanges(members, emptied, 'm_id_number', '620599********3989', [known])).toEqual({ m_id_number: '620599********3989' })
  })
  test('a card in the place of the number is taken apart', () => {
    const typed = { m_id_number: `${number}32B1`, m_health: ['healthy'] }
    const changed = { ...typed, ...cardChanges(typed) }
    expect(changed).toMatchObject({ m_id_number: number, m_disability_card: `${number}32B1`, m_disability_kind: 'speech', m_disability_level: '2', m_health: ['disabled'] })
    expect(cardChanges(changed)).toEqual({})
    expect(cardChanges({ m_id_number: number })).toEqual({})
    expect(cardChanges({ m_disability_card: `${number}41`, m_health: ['chronic', 'disabled'] })).toMatchObject({ m_id_number: number, m_disability_kind: 'limb', m_health: ['chronic', 'disabled'] })
    expect(cardChanges({ m_id_number: '620599********0244', m_disability_card: `${number}41` }).m_id_number).toBeUndefined()
  })
  test('counts follow the members until somebody counts otherwise', () => {
    const out = { members: [{ m_name: '马小明', m_schooling: 'dropped_out', m_insurance: 'none' }] }
    expect(countsAfter({}, out)).toEqual({ dropout_count: 1, uninsured_count: 1 })
    expect(countsAfter({ ...out, dropout_count: 1, uninsured_count: 3 }, { members: [] })).toEqual({ dropout_count: 0 })
    expect(countsAfter(out, { head_name: '马' })).toEqual({})
  })
  test('months of work are not asked twice', () => {
    const answers = { members: [{ m_name: '李玉兰', m_work_months: 5 }] }
    expect(monthsOf(answers, { i_code: 'W1', i_member: '李玉兰' })).toEqual({ i_months: 5 })
    expect(monthsOf(answers, { i_code: 'W1', i_member: '李玉兰', i_months: 3 })).toEqual({})
    expect(monthsOf(answers, { i_code: 'T1', i_member: '李玉兰' })).toEqual({})
  })
  test('a vehicle that the county exempts says so and why', () => {
    const vehicles = FORM.sections.flatMap((section) => section.questions).find((one) => one.key === 'vehicles')!
    expect(exemptionOf(vehicles, { v_kind: 'wheelchair' }, SHIPPED_PARAMETERS, '2026-06-01', '')).toContain('残疾人代步车')
    expect(exemptionOf(vehicles, { v_kind: 'car' }, SHIPPED_PARAMETERS, '2026-06-01', '')).toBe('')
    const of = (key: string, entry: Answers): string => exemptionOf({ ...vehicles, key }, entry, SHIPPED_PARAMETERS, '2026-06-01', '')
    expect(of('businesses', { b_state: 'nominal' })).toContain('挂名')
    expect(of('businesses', { b_state: 'running' })).toBe('')
    expect(of('houses', { h_use: 'lived_in', h_tenure: 'homestead' })).toContain('自住的一处不算超')
    expect(of('houses', { h_use: 'rented_out', h_tenure: 'homestead' })).toBe('')
    expect(of('houses', { h_use: 'lived_in', h_tenure: 'commercial' })).toBe('')
    expect(exemptionOf({ ...vehicles, key: 'houses' }, { h_use: 'lived_in', h_tenure: 'homestead' }, SHIPPED_PARAMETERS, '2026-06-01', '', 2)).toBe('')
    expect(of('debts', { d_kind: 'bank' })).toBe('')
  })
})
