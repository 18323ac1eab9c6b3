import { expect, test } from 'vitest'
import { hintsOf, programmesOf, type ShownHint } from '../src/composables/hints'
import { RULEBOOK, SHIPPED_PARAMETERS } from '../src/contract/rules'
import type { HintVerdict } from '../src/rules/suggestion'

const hint = (rule: string, verdict: HintVerdict): ShownHint => {
  const { title, assistance, clause, source, part, programme } = RULEBOOK.rules.find((one) => one.id === rule)!
  return { rule, title, assistance, clause, source, part, programme, verdict, reasons: [], missing: [], parameters: [], label: '', asked: [], unset: [], isDemo: false }
}
const verdictOf = (title: string, ...hints: ShownHint[]) => programmesOf(hints).find((one) => one.title === title)?.verdict

test('one condition that holds is no headline: conditions hold together or not at all', () => {
  expect(verdictOf('农村低保', hint('DB-01', 'lack'), hint('DB-03', 'yes'))).toBe('lack')
  expect(verdictOf('农村低保', hint('DB-01', 'no'), hint('DB-02', 'yes'), hint('DB-03', 'yes'))).toBe('no')
  expect(verdictOf('农村低保', hint('DB-01', 'yes'), hint('DB-02', 'maybe'))).toBe('maybe')
})

test('the best way in counts, what is told beside decides nothing', () => {
  expect(verdictOf('农村低保', hint('DB-01', 'no'), hint('DB-04', 'maybe'))).toBe('maybe')
  expect(verdictOf('防返贫监测', hint('JC-02', 'no'), hint('JC-05', 'yes'))).toBe('no')
  expect(verdictOf('防返贫监测', hint('JC-05', 'yes'))).toBeNull()
  expect(verdictOf('特困供养', hint('TK-01', 'no'), hint('TK-02', 'yes'), hint('TK-03', 'yes'))).toBe('no')
})

test('what nobody of the household can apply for has a word, too, and asks nothing', () => {
  const asked = [{ key: 'has_income', text: '收入', place: '/' }]
  const [found] = programmesOf([{ ...hint('TK-03', 'lack'), asked, unset: ['低保标准'] }])
  expect(found).toMatchObject({ title: '特困供养', verdict: null, label: '不涉及', asked: [], unset: [] })
})

test('programmes stand with what is nearest to a yes first, each with one verdict and every rule once', () => {
  const answers = { living_size: 1, members: [{ m_name: '马占福', m_is_living: 'no', m_not_living_reason: 'army' }], has_income: 'no', has_expenses: 'no', is_urgent: 'yes' }
  const hints = hintsOf('c1', answers, '2026-07-08', SHIPPED_PARAMETERS, '620525')
  const programmes = programmesOf(hints)
  expect(programmes.flatMap((one) => one.lines.map((line) => line.rule)).sort()).toEqual(hints.map((one) => one.rule).sort())
  const order = programmes.map((one) => ['yes', 'maybe', 'lack', 'no', null].indexOf(one.verdict))
  expect(order).toEqual([...order].sort((one, other) => one - other))
  expect(new Set(programmes.map((one) => one.title)).size).toBe(programmes.length)
})

test('only a document is told as what a hint rests on', () => {
  for (const one of hintsOf('c1', {}, '2026-07-08', SHIPPED_PARAMETERS, '620525')) expect(one.clause).toMatch(/^$|〔|办法|指南/)
})

const CHANGED = { must: ['urgent'], should: [], clause: '第3条', source: '张民发〔2026〕8号', tests: {} }
const row = (key: string, value: unknown, from: string) => ({ key, value, valid_from_on: from, source: '张民发〔2026〕8号', area_code: '620525' })

test('a rule that the county changed is told by its own document from its day on, and in that county only', () => {
  const rows = [...SHIPPED_PARAMETERS, row('rule_DB-02', CHANGED, '2026-07-01')]
  const told = (day: string, area: string) => hintsOf('c1', { is_urgent: 'yes' }, day, rows, area).find((one) => one.rule === 'DB-02')!
  expect(told('2026-07-08', '620525')).toMatchObject({ verdict: 'yes', clause: '第3条，张民发〔2026〕8号（县里定的 DB-02）', programme: '农村低保', part: 'must' })
  for (const other of [told('2026-06-30', '620525'), told('2026-07-08', '620522')]) expect(other).toMatchObject({ verdict: 'lack', clause: '民发〔2021〕57号 第14条' })
})

test('a rule of the county’s own stands for itself, and no key that nobody knows does harm', () => {
  const rows = [...SHIPPED_PARAMETERS, row('rule_XZ-01', { ...CHANGED, title: '急难要上门', assistance: 'temporary' }, '2026-07-01'), row('rule_of_tomorrow', { x: 1 }, '2026-07-01')]
  const programmes = programmesOf(hintsOf('c1', { is_urgent: 'yes' }, '2026-07-08', rows, '620525'))
  expect(programmes.find((one) => one.title === '急难要上门')).toMatchObject({ verdict: 'yes', label: '符合' })
})
