import { describe, expect, test } from 'vitest'
import { answerText, findQuestion } from '../src/composables/answer'
import { groupNumber, isGroupWrong } from '../src/composables/discovery'
import { dayFault, extensionNeed } from '../src/composables/extending'
import { countText, leftText } from '../src/composables/lacking'
import { peopleToCome } from '../src/composables/people_to_come'
import { progressOf } from '../src/composables/progress'
import { isReason, openFirst, type SoftFinding } from '../src/composables/soft'
import { sectionSummary } from '../src/composables/summary'
import { withoutJoiners } from '../src/composables/time'
import { lineFault, overLong, readTyped } from '../src/composables/typed'
import { mayLeaveOut } from '../src/rules/checklist'
import type { Answers, Question } from '../src/rules/form_shape'
import { sampleCase } from './support/sample'

const DAY = '2026-07-08'
const asked = (key: string): Question => findQuestion(key)!.question
const typed = (key: string, text: string): [unknown, string] => {
  const { value, why } = readTyped(asked(key), text, DAY)
  return [value, why]
}

describe('an amount', () => {
  test.each([
    ['2800', 280_000], ['2,800', 280_000], ['2，800.5', 280_050], ['12.34', 1_234], ['0', 0], ['１２．５', 1_250], ['12。5', 1_250], ['300元', 30_000], ['1,2345', 1_234_500],
  ])('%s is taken', (text, fen) => expect(typed('d_amount_fen', text)).toEqual([fen, '']))
  test.each([
    ['-5', '不能小于 0；亏了的填 0，写进说明'], ['－５', '不能小于 0；亏了的填 0，写进说明'], ['−5', '不能小于 0；亏了的填 0，写进说明'],
    ['1e5', '只填数字'], ['abc', '只填数字'], ['1.2.3', '只填数字'], ['1.2万', '只填数字'], ['1,5', '只填数字'], ['3.14159', '最多两位小数'],
  ])('%s stays as it was typed and is no amount', (text, why) => expect(typed('d_amount_fen', text)).toEqual([text, why]))
  test('too much is said with the limit of the form', () => {
    expect(typed('d_amount_fen', '10000001')).toEqual([1_000_000_100, '不能大于 10,000,000 元'])
    expect(typed('d_amount_fen', '12345678901234567890')).toEqual(['12345678901234567890', '不能大于 10,000,000 元'])
    expect(typed('d_amount_fen', '')).toEqual([undefined, ''])
  })
})

describe('a number', () => {
  test.each<[string, string, unknown, string]>([
    ['cattle', '12', 12, ''], ['cattle', '１２', 12, ''], ['cattle', '-5', '-5', '不能小于 0'], ['registered_size', '-5', '-5', '不能小于 1'], ['cattle', '3.5', '3.5', '只填整数'],
    ['cattle', '三', '三', '只填数字'], ['cattle', '99999999999', 99_999_999_999, '不能大于 500'], ['cattle', '12345678901234567890', '12345678901234567890', '不能大于 500'],
    ['land_mu', '3.5', 3.5, ''], ['land_mu', '３．５', 3.5, ''], ['land_mu', '3.14159', '3.14159', '最多两位小数'], ['land_mu', '12.345', '12.345', '最多两位小数'], ['land_mu', '99999999999', 99_999_999_999, '不能大于 500'],
    ['v_year', '2026', 2026, ''], ['v_year', '2027', 2027, '最晚填 2026 年'], ['v_year', '1850', 1850, '不能小于 1980'],
  ])('%s: %s', (key, text, value, why) => expect(typed(key, text)).toEqual([value, why]))
  test('what is no number is shown as it was typed and holds its section open', () => {
    expect(answerText(asked('cattle'), '-5')).toBe('-5')
    expect(progressOf({ cattle: '-5' }).missing).toContainEqual({ key: 'cattle', code: 'invalid', section: 'S1' })
  })
})

describe('a line', () => {
  test.each<[string, string, string]>([
    ['interviewee_phone', '12000000001', ''], ['interviewee_phone', '0930-6123456', ''], ['interviewee_phone', '120****0001', ''],
    ['interviewee_phone', '120000000012', '手机 11 位，座机带区号'], ['interviewee_phone', '1200000000123', '手机 11 位，座机带区号'], ['interviewee_phone', '6123456', '手机 11 位，座机带区号'],
    ['m_birth_on', '1971-06-30', ''], ['m_birth_on', '0001-01-01', '不能早于 1900 年'], ['m_birth_on', '1850-01-01', '不能早于 1900 年'], ['m_birth_on', '2099-01-01', '还没到这一天，填今天或以前'],
    ['m_id_number', '620599********3988', ''], ['m_id_number', '620599********398', '身份证号是 18 位'], ['m_id_number', '62059919730412024', '身份证号是 18 位'], ['m_id_number', '620599197304120245', '身份证号不对，再对一遍最后一位'],
    ['m_name', '马'.repeat(20), ''], ['m_name', '马'.repeat(23), '最多 20 字，多了 3 字'],
  ])('%s: %s', (key, text, why) => expect(lineFault(asked(key), text, DAY)).toBe(why))
})

describe('what is left', () => {
  const items = [{ key: 'm_id_number', code: 'bad_id', section: 'S2' }, { key: 'm_relation', code: 'missing', section: 'S2' }]
  test('what is wrong is not called missing', () => {
    expect(leftText(items)).toBe('还差：是户主的；要改：身份证号')
    expect(leftText(items.slice(0, 1))).toBe('要改：身份证号')
    expect(countText(items)).toBe('还差 1 项，要改 1 项')
  })
  test('a section whose only trouble is a wrong telephone is open and says so', () => {
    const answers: Answers = { visit_mode: 'in_person', interviewee_name: '马占福', interviewee_relation: 'head', interviewee_phone: '120000000012' }
    const first = progressOf(answers).sections[0]!
    expect([first.state, sectionSummary(first, answers)]).toEqual(['part', '被访人电话要改'])
  })
  test('a number of people that fewer are written down for is not wrong: they have yet to come, with the members', () => {
    const answers: Answers = { registered_size: 4, living_size: 4, members: [{ m_name: '马占福', m_relation: 'head', m_is_living: 'yes' }] }
    const of = (key: string) => progressOf(answers).sections.find((each) => each.section.key === key)!
    expect(of('S1').missing.map((item) => item.key)).not.toContain('registered_size')
    expect(of('S1').missing.map((item) => item.code)).not.toContain('count_differs')
    expect(peopleToCome(of('S2').missing, answers)).toEqual({ key: 'registered_size', lacks: 3 })
    expect(progressOf({ ...answers, living_size: 0, registered_size: 1 }).sections[1]!.missing).toContainEqual({ key: 'living_size', code: 'count_differs', section: 'S1' })
  })
  test('the same words to two questions of a section come with what was asked', () => {
    const one = { ...progressOf({}).sections.find((each) => each.section.key === 'S6')!, missing: [] }
    const [food, clothing] = ['food', 'clothing'].map((key) => one.section.questions.find((question) => question.key === key)!)
    expect(sectionSummary(one, { food: food!.normal, clothing: clothing!.normal })).toBe('吃的：能保障、穿的：能保障')
  })
  test.each<[string, Answers, boolean]>([
    ['i_amount_fen', {}, false], ['i_amount_fen', { i_amount_fen: 5 }, false], ['i_amount_fen', { i_monthly_fen: 5, i_months: 2 }, true],
    ['x_amount_fen', { x_code: 'M1' }, false], ['x_amount_fen', { x_code: 'M1', x_total_fen: 5, x_settled_fen: 2 }, true], ['x_member', {}, true],
    ['m_id_number', {}, false], ['m_id_number', { m_no_id_reason: '还没上户口' }, true], ['m_no_id_reason', {}, false], ['head_id_number', {}, false], ['m_name', {}, false],
  ])('%s may be left out beside %j: %s', (key, own, may) => expect(mayLeaveOut(asked(key), own)).toBe(may))
})

test('a reason has two characters or four letters, and what has none comes first', () => {
  expect(['x', 'abc', '对', '', '...'].filter(isReason)).toEqual([])
  expect(['属实', 'shushi', '他90岁'].every(isReason)).toBe(true)
  const found = ['', '属实', ''].map((why, at) => ({ mark: String(at), why })) as SoftFinding[]
  expect(openFirst(found).map((one) => one.mark)).toEqual(['0', '2', '1'])
})

test.each<[string, number | null]>([
  ['3', 3], ['０３', 3], ['三', 3], ['十', 10], ['十二', 12], ['二十三', 23], ['第三社', 3], ['99', 99], ['-1', null], ['99999', null], ['0', null], ['东', null],
])('几社 %s', (text, number) => {
  expect(groupNumber(text)).toBe(number)
  expect(isGroupWrong(text)).toBe(number === null)
})

test('a day that cannot be asked for is wrong, not missing', () => {
  const item = { ...sampleCase({}), due_at: '2026-07-11T16:00:00Z' }
  const wish = { isAsked: true, until: '0001-01-01', why: '在外地' }
  expect(withoutJoiners(dayFault(item, wish))).toBe('要在期限以后，最早7月12日')
  expect(withoutJoiners(dayFault(item, { ...wish, until: '2099-01-01' }))).toBe('最晚延到10月9日')
  expect(dayFault(item, { ...wish, until: '2026-07-20' })).toBe('')
  expect(extensionNeed(item, wish)?.button).toBe('改：延到哪天')
  expect(extensionNeed(item, { ...wish, until: '' })?.why).toBe('还差：延到哪天')
  expect(extensionNeed(item, { isAsked: true, until: '2026-07-20', why: '外'.repeat(201) })).toEqual({ why: '最多 200 字，多了 1 字', button: '改：为什么', field: 'extension-why' })
  expect([overLong('外'.repeat(200), 200), overLong(' 外 ', 1)]).toEqual(['', ''])
})
