import { describe, expect, test } from 'vitest'
import { isTextWrong } from '../src/composables/discovery'
import { mayExtend } from '../src/composables/extending'
import { areMonthsUnsaid } from '../src/composables/money'
import { isUnusual } from '../src/composables/normal'
import { reportedHead, reportedOf } from '../src/composables/urgency'
import { FORM } from '../src/contract/form'
import { LIMITS } from '../src/contract/limits'
import type { LocalCase } from '../src/store/cases'
import { finish, form, urgent } from '../src/strings_case'
import { sampleCase } from './support/sample'

const living = FORM.sections.find((one) => one.key === 'S6')!.questions
const food = living.find((one) => one.key === 'food')!

describe('what is said next', () => {
  test('after something was not as usual only the rest is called normal', () => {
    expect([isUnusual(living, {}), isUnusual(living, { food: food.normal }), isUnusual(living, { food: 'no' })]).toEqual([false, false, true])
    expect([form.usualNext(true, false), form.usualNext(true, true), form.usualNext(false, true)]).toEqual(['都正常，下一节', '其余正常，下一节', '按一般情况填，下一节'])
  })
  test('before there is a receipt nothing says that 急难 was reported', () => {
    const entry = { item: { id: 'u1', kind: 'urgent', savedAt: '2026-07-10T02:00:00Z', receivedAt: null, reason: '' } }
    const reported = reportedOf(null, [entry] as unknown as Parameters<typeof reportedOf>[1])
    expect([reported[0]!.text, reportedHead(reported), urgent.kept].filter((each) => /报上了|报的|报过/.test(each))).toEqual([])
  })
  test('wages of a year without months are asked about on the sheet, not only before signing', () => {
    expect(areMonthsUnsaid({ i_code: 'W1', i_amount_fen: 3_000_000 })).toBe(true)
    expect([{ i_code: 'W1' }, { i_code: 'W1', i_amount_fen: 1, i_months: 4 }, { i_code: 'B1', i_amount_fen: 1 }].some(areMonthsUnsaid)).toBe(false)
  })
  test('a visitor without a name is counted without a gap', () => expect([finish.visitor(1), finish.visitor(2)]).toEqual(['第一位核查人', '第二位核查人']))
})

test('a second extension is not offered while the first waits, on this phone or at the county', () => {
  const item = (state?: string): LocalCase => ({ ...sampleCase(), extension: state ? { state, until_at: '2026-07-20T16:00:00Z', note: '' } : null }) as unknown as LocalCase
  const before = Date.parse('2026-07-10T00:00:00Z')
  expect([mayExtend(item(), false, before), mayExtend(item('refused'), false, before)]).toEqual([true, true])
  expect([mayExtend(item(), true, before), mayExtend(item('asked'), false, before), mayExtend(item(), false, Date.parse('2026-08-01T00:00:00Z'))]).toEqual([false, false, false])
})

test('what is said of a household that was found is never cut, but said to be too long', () => {
  expect([isTextWrong('难'.repeat(LIMITS.discovery_text)), isTextWrong('难'.repeat(LIMITS.discovery_text + 1))]).toEqual([false, true])
})
