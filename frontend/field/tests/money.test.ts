import { describe, expect, test } from 'vitest'
import { findQuestion, yuan } from '../src/composables/answer'
import { hintsOf } from '../src/composables/hints'
import { SHIPPED_PARAMETERS } from '../src/contract/rules'
import { figuresOf, rowsOf } from '../src/composables/income_sums'
import { amountOf, entryFlag, entryLine, entryTitle, producedAmount, sumOf } from '../src/composables/money'
import { missingPlace, missingText } from '../src/composables/places'
import { progressOf } from '../src/composables/progress'
import { FORM } from '../src/contract/form'
import type { Answers, Question } from '../src/rules/form_shape'
import type { ParameterRow } from '../src/rules/parameters'

const DAY = '2026-07-08'
const questionOf = (key: string): Question => FORM.sections.flatMap((one) => [...one.questions]).find((one) => one.key === key)!
const incomes = questionOf('incomes')
const WAGE: Answers = { i_code: 'W1', i_member: '马尔萨', i_monthly_fen: 360_000, i_months: 6 }

test.each([[280_000, '2,800'], [320_050, '3,200.50'], [-288_490, '−2,884.90'], [0, '0'], [100_000_000_000, '1,000,000,000']])(
  '%d fen in words', (fen, text) => expect(yuan(fen)).toBe(text),
)

describe('one entry of a list', () => {
  test('says whose it is, what, and how the amount came about', () => {
    expect(entryTitle(incomes, WAGE, 0)).toBe('马尔萨\u00a0· 务工收入')
    expect(entryLine(incomes, WAGE)).toBe('3,600 × 6 个月')
    expect(amountOf(incomes, WAGE)).toBe(2_160_000)
  })
  test('is counted only when it can be', () => {
    expect(amountOf(incomes, { i_code: 'W1', i_monthly_fen: 360_000 })).toBeNull()
    expect(amountOf(questionOf('houses'), { h_use: 'lived_in' })).toBeNull()
  })
  test('tells where the two definitions differ', () => {
    const told = (entry: Answers): string => entryFlag(incomes, entry, SHIPPED_PARAMETERS, DAY, '')
    expect(told({ i_code: 'T2' })).toBe('低保不算')
    expect(told({ i_code: 'T-' })).toBe('只低保减')
    expect(told({ i_code: 'T9' })).toBe('防返贫另算')
    expect(told(WAGE)).toBe('')
  })
  test('tells it as the county of the household has set it', () => {
    const from = (key: string, value: boolean): ParameterRow =>
      ({ key, value, valid_from_on: '2023-01-01', source: '张民发〔2023〕8号', area_code: '620525' })
    const rows = [...SHIPPED_PARAMETERS, from('counts_dibao_T7', false), from('counts_monitor_T8', false), from('counts_dibao_T-', false)]
    const told = (code: string, area: string): string => entryFlag(incomes, { i_code: code }, rows, DAY, area)
    expect(['T7', 'T8', 'T-'].map((code) => told(code, '620525102200'))).toEqual(['低保不算', '防返贫不算', ''])
    expect(['T7', 'T8', 'T-'].map((code) => told(code, '620524101200'))).toEqual(['', '', '只低保减'])
    expect(entryFlag(incomes, { i_code: 'T7' }, [], DAY, '')).toBe('')
  })
})

describe('a crop or a herd that is counted', () => {
  const WHEAT: Answers = { i_code: 'B1', i_mu: 5, i_yield: 800, i_price_fen: 120 }
  test('says how its amount came about and what is left of it', () => {
    expect(entryLine(incomes, { ...WHEAT, i_cost_fen: 150_000 })).toBe('5 亩 × 800 斤 × 1.20 元，本钱 1,500')
    expect(entryLine(incomes, { ...WHEAT, i_amount_fen: 999_900 })).toBe('5 亩 × 800 斤 × 1.20 元 = 4,800 元，填的是 9,999 元')
    expect(sumOf(incomes, { ...WHEAT, i_amount_fen: 480_000, i_cost_fen: 150_000 }))
      .toEqual({ parts: '5 亩 × 800 斤 × 1.20 元', sum: '= 4,800 元，减本钱\u00a01,500，净\u00a03,300\u00a0元', of: ['i_amount_fen', 'i_cost_fen', 'i_mu', 'i_yield', 'i_price_fen'] })
    expect(sumOf(incomes, { ...WHEAT, i_amount_fen: 500_000 })?.sum).toBe('= 4,800 元，填的是 5,000 元')
    expect(sumOf(incomes, { i_code: 'B2', i_heads: 3, i_head_price_fen: 900_000 })?.parts).toBe('3 头（只） × 9,000 元')
  })
  test('writes its amount, and goes on writing it until somebody wrote another', () => {
    const { i_price_fen: _, ...unpriced } = WHEAT
    expect(producedAmount(incomes, unpriced, WHEAT)).toEqual({ i_amount_fen: 480_000 })
    expect(producedAmount(incomes, { ...WHEAT, i_amount_fen: 480_000 }, { ...WHEAT, i_mu: 6, i_amount_fen: 480_000 })).toEqual({ i_amount_fen: 576_000 })
    expect(producedAmount(incomes, { ...WHEAT, i_amount_fen: 480_000 }, unpriced)).toEqual({ i_amount_fen: undefined })
    expect(producedAmount(incomes, { ...WHEAT, i_amount_fen: 500_000 }, { ...WHEAT, i_mu: 6, i_amount_fen: 500_000 })).toEqual({})
    expect(producedAmount(incomes, unpriced, { ...unpriced, i_mu: 6 })).toEqual({})
  })
})

test('what is missing in an entry has a name and a place', () => {
  const answers: Answers = { has_income: 'yes', incomes: [WAGE, { i_code: 'T7' }] }
  const item = progressOf(answers).missing.find((one) => one.list === 'incomes')!
  expect(missingText(item, answers)).toContain('收入第 2 笔')
  expect(missingPlace('c1', item)).toMatchObject({ params: { section: 'S3' }, query: { fix: 'i_amount_fen', list: 'incomes', entry: '1' } })
})

test('both figures stand beside their lines, and their rows add up', () => {
  const answers: Answers = { living_size: 4, has_income: 'yes', incomes: [WAGE], has_expenses: 'no' }
  const [monitor, dibao] = figuresOf(answers, DAY, SHIPPED_PARAMETERS, '620525').figures
  expect(monitor.perHead?.per_head_fen).toBe(540_000)
  expect(monitor.isDemo && dibao.isDemo).toBe(true)
  expect(rowsOf(monitor.perHead!).find((row) => row.label === '÷ 4 人 = 人均')?.value).toBe('5,400')
})

test('what is taken off says how it came about, in the sums and in its row', () => {
  const bill = { x_code: 'M1', x_amount_fen: 8_000_000, x_paid_back_fen: 4_400_000, x_is_receipted: 'yes' }
  const answers: Answers = { living_size: 8, has_income: 'yes', incomes: [WAGE], has_expenses: 'yes', expenses: [bill] }
  const { figures: [monitor, dibao], percent } = figuresOf(answers, DAY, SHIPPED_PARAMETERS, '620525')
  expect(rowsOf(monitor.perHead!, percent).map((row) => row.label)).toContainEqual(expect.stringMatching(/36,000 ÷ 8$/))
  expect(rowsOf(dibao.perHead!, percent).map((row) => row.label)).toContainEqual(expect.stringContaining(`（工资的 ${percent}%）`))
  expect(entryLine(findQuestion('expenses')!.question, bill)).toBe('80,000 − 报销、赔付 44,000 = 36,000')
})

test('without income the figures say what lacks', () => {
  const [monitor] = figuresOf({ living_size: 4 }, DAY, SHIPPED_PARAMETERS, '620525').figures
  expect(monitor.perHead).toBeNull()
  expect(monitor.lacks).toBe('收入')
})

test('hints say what is still to be asked and where', () => {
  const found = hintsOf('c1', { living_size: 1, members: [{ m_name: '马占福', m_is_living: 'yes' }], has_income: 'no', has_expenses: 'no' }, DAY, SHIPPED_PARAMETERS, '620525')
  expect(found.length).toBeGreaterThan(5)
  const asked = found.flatMap((hint) => hint.asked)
  expect(asked.find((one) => one.key === 'members.0.m_health')).toMatchObject({ text: '马占福\u00a0· 身体怎么样', place: { query: { member: '0', fix: 'm_health' } } })
  expect(found.filter((hint) => hint.verdict === 'yes' || hint.verdict === 'maybe').every((hint) => found.indexOf(hint) < found.findIndex((one) => one.verdict === 'no'))).toBe(true)
})

test('what only the county can say is named and asked of nobody', () => {
  const answers = { living_size: 1, members: [{ m_name: '马占福', m_is_living: 'yes' }], has_income: 'no', has_expenses: 'yes', expenses: [{ x_code: 'M1', x_amount_fen: 3_600_000, x_is_receipted: 'yes' }] }
  const spent = hintsOf('c1', answers, DAY, SHIPPED_PARAMETERS, '620525').find((hint) => hint.rule === 'LS-02')!
  expect([spent.verdict, spent.unset]).toEqual(['lack', ['上年度当地居民人均可支配收入']])
  expect(spent.asked.map((one) => one.key).some((key) => key.startsWith('parameters.'))).toBe(false)
  const set = [...SHIPPED_PARAMETERS, { key: 'last_year_income_fen', value: 1_200_000, valid_from_on: '2026-01-01', source: '县里' } as never]
  expect(hintsOf('c1', answers, DAY, set, '620525').find((hint) => hint.rule === 'LS-02')?.unset ?? []).toEqual([])
})
