import { HINT_BOOKS } from '../contract/income'
import type { Answers } from '../rules/form_shape'
import { incomeOf, type Income, type PerHead, type Step } from '../rules/income'
import { parametersOn, sourcesOn, type ParameterRow } from '../rules/parameters'
import { sums as w } from '../strings_money'
import { findQuestion, shortLabel, yuan } from './answer'
import { labelOf } from './words'

export type SumRow = { label: string; value: string; isTotal: boolean }
/** One figure beside its line; `line` null where the county has set none. */
export type Figure = { key: string; perHead: PerHead | null; line: number | null; lineText: string; isDemo: boolean; lacks: string }

const WHOLE = ['net', 'total', 'after', 'people']

const sumLabel = (code: string): string =>
  HINT_BOOKS.SumLine?.find((one) => one.code === code)?.label ?? labelOf('IncomeLine', code)
const reasonLabel = (code: string): string => HINT_BOOKS.SumReason?.find((one) => one.code === code)?.label ?? ''

/** Said beside what it came to; `percent` of the wages, where the county counts so. */
function toldOf(step: Step, percent: number | null): string {
  const [whole, people] = step.parts_fen
  if (['claims', 'self_paid'].includes(step.code) && whole !== undefined && people) return ` ${yuan(whole)} ÷ ${people}`
  if (step.code === 'employment' && percent !== null && step.parts_fen.length) return w.ofWages(percent)
  return step.parts_fen.length > 1 && step.sign !== 'equals' ? ` ${step.parts_fen.map(yuan).join(w.joined)}` : ''
}

function rowOf(step: Step, isLast: boolean, percent: number | null): SumRow {
  const sign = step.sign === 'minus' ? w.less : step.sign === 'plus' && step.reason ? w.plus : ''
  const parts = step.code === 'people' ? w.people(step.parts_fen[1] ?? 0) : ''
  const label = parts || sign + (step.reason ? w.reason(sumLabel(step.code), reasonLabel(step.reason)) : sumLabel(step.code)) + toldOf(step, percent)
  return { label, value: yuan(step.sign === 'minus' ? -step.amount_fen : step.amount_fen), isTotal: isLast && WHOLE.includes(step.code) }
}

export function rowsOf(figure: PerHead, percent: number | null = null): SumRow[] {
  return figure.steps.map((step, at) => rowOf(step, at === figure.steps.length - 1, percent))
}

/** The first thing that keeps a figure from being counted, in words. */
export function lackText(keys: readonly string[] | undefined): string {
  const key = keys?.[0]
  if (!key) return ''
  if (key.startsWith('parameters.')) return w.county
  const found = findQuestion(key.split('.').pop() ?? key)
  return found ? shortLabel(found.question) : key
}

/** Both definitions per head beside their lines, with the parameters that hold on `day` in `area`. */
export function figuresOf(answers: Answers, day: string, rows: readonly ParameterRow[], area: string): { income: Income; figures: [Figure, Figure]; percent: number | null } {
  const parameters = parametersOn(rows, day, area)
  const sources = sourcesOn(rows, day, area)
  const income = incomeOf(answers, parameters, day)
  const lineOf = (key: string): number | null => (typeof parameters[key] === 'number' ? parameters[key] : null)
  const isDemo = (key: string): boolean => (sources[key] ?? '').startsWith(w.demo)
  const monitorLine = lineOf('monitor_range_fen')
  const dibaoLine = lineOf('dibao_standard_fen')
  const percent = parameters.employment_cost_mode === 'percent' ? lineOf('employment_cost_percent') : null
  return {
    income, percent,
    figures: [
      {
        key: income.monitor_after ? w.monitorKey : w.monitorPlain, perHead: income.monitor_after ?? income.monitor, line: monitorLine,
        lineText: monitorLine === null ? '' : w.monitorLine(yuan(monitorLine)), isDemo: isDemo('monitor_range_fen'), lacks: lackText(income.missing.monitor),
      },
      {
        key: w.dibaoKey, perHead: income.dibao, line: dibaoLine, lineText: dibaoLine === null ? '' : w.dibaoLine(yuan(dibaoLine)),
        isDemo: isDemo('dibao_standard_fen'), lacks: lackText(income.missing.dibao),
      },
    ],
  }
}
