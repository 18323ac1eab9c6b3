// Income of twelve months per head, in both definitions; the same vectors run against backend/domain/income.py.
import { CODEBOOK } from '../contract/codebook'
import { CLAIM_LINE } from '../contract/income'
import { employmentStep, rigidStep, step, type Parameters, type Step } from './deductions'
import type { Answers } from './form_shape'
import { entriesOf, expensesOf, peopleOf, rounded, type Entry } from './income_entries'
import { claimsOf, flagKey, keyOf, signOf, unset } from './income_flags'

export type { Parameters, Step } from './deductions'
/** One figure: total_fen ÷ people = per_head_fen, and the steps that lead there. */
export type PerHead = { total_fen: number; people: number; per_head_fen: number; steps: Step[] }
export type FigureName = 'monitor' | 'monitor_after' | 'dibao' | 'tekun'
/** null where `missing` (figure → keys of answers and parameters) says what lacks. Days are YYYY-MM-DD. */
export type Income = Record<FigureName, PerHead | null> & {
  from_on: string; to_on: string
  gross_fen: number | null; rigid_fen: number | null; rigid_permille: number | null
  missing: Record<string, string[]>
}

const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['wages', ['W1', 'W2', 'W3']],
  ['farming', ['B1', 'B2']],
  ['business', ['B3']],
  ['property', ['P1', 'P2']],
  ['transfer', ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8']],
  ['costs', ['E1', 'E2', 'E3', 'E4']],
]
/** How a line stands in the sum of its group, before what a county sets otherwise. */
const USUAL: Record<string, number> = Object.fromEntries(
  GROUPS.flatMap(([group, lines]) => lines.map((line) => [line, group === 'costs' ? -1 : 1])),
)

const sum = (amounts: number[]): number => amounts.reduce((total, one) => total + one, 0)
const amountsOf = (entries: Entry[]): number[] => entries.map((one) => one.amount)

/** The twelve months before `day`: from the first day of the month a year ago to the end of last month. */
export function windowOf(day: string): { from_on: string; to_on: string } {
  const year = Number(day.slice(0, 4))
  const last = new Date(Date.UTC(year, Number(day.slice(5, 7)) - 1, 0))
  return { from_on: `${year - 1}-${day.slice(5, 7)}-01`, to_on: last.toISOString().slice(0, 10) }
}

/** Counts S1, S3 and S4 with the parameters of `day`. Never throws, whatever the answers hold. */
export function incomeOf(answers: Answers, parameters: Parameters, day: string): Income {
  const { people, missing: noPeople } = peopleOf(answers)
  const { found: entries, missing: lacking } = entriesOf(answers)
  const { found: spent, missing: unspent } = expensesOf(answers)
  const unflagged = unset(entries, 'monitor', parameters)
  const base = [...noPeople, ...lacking, ...unflagged]
  const tekun = [...base, ...unset(entries, 'tekun', parameters)]
  const after = [...base, ...unspent]
  if (!Array.isArray(parameters.self_paid_lines)) after.push('parameters.self_paid_lines')
  const employment = employmentStep(answers, entries, parameters)
  const rigid = rigidStep(spent, unspent, parameters, people)
  const dibao = [...base, ...unset(entries, 'dibao', parameters), ...employment.missing, ...rigid.missing]
  const net = sum(entries.map((one) => signOf(one.code, 'monitor', parameters) * one.amount))
  const before = base.length > 0 ? null : monitor(net, entries, parameters, people)
  const low = (definition: string, extra: Step[]): PerHead =>
    lowIncome(net, entries, definition, parameters, people, extra)
  const deductions = [employment.step, rigid.step].filter((one) => one !== null)
  const rigidFen = unspent.length > 0 ? null : sum(amountsOf(spent))
  const gross = lacking.length > 0 || unflagged.length > 0 ? null : grossOf(entries, parameters)
  return {
    ...windowOf(day),
    monitor: before,
    monitor_after: after.length > 0 || !before ? null : afterSelfPaid(before, entries, spent, parameters),
    dibao: dibao.length > 0 ? null : low('dibao', deductions),
    tekun: tekun.length > 0 ? null : low('tekun', []),
    gross_fen: gross,
    rigid_fen: rigidFen,
    rigid_permille: gross && rigidFen !== null ? rounded(rigidFen * 1000, gross) : null,
    missing: named({
      monitor: base, monitor_after: after, dibao, tekun, rigid_share: [...lacking, ...unflagged, ...unspent],
    }),
  }
}

function named(found: Record<string, string[]>): Record<string, string[]> {
  const lacking = Object.entries(found).filter(([, keys]) => keys.length > 0)
  return Object.fromEntries(lacking.map(([name, keys]) => [name, [...new Set(keys)]]))
}

function codesIn(parameters: Parameters, key: string): Set<unknown> {
  const listed = parameters[key]
  return new Set(Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : [])
}

const amountOf = (line: string, entries: Entry[]): number => sum(amountsOf(entries.filter((one) => one.code === line)))

function grossOf(entries: Entry[], parameters: Parameters): number {
  return sum(amountsOf(entries.filter((one) => signOf(one.code, 'monitor', parameters) > 0)))
}

/** What is usual group by group, then each line that the county counts otherwise. */
function monitor(net: number, entries: Entry[], parameters: Parameters, people: number): PerHead {
  const steps = GROUPS.flatMap(([code, lines]) => {
    const parts = amountsOf(entries.filter((one) => lines.includes(one.code)))
    return parts.length > 0 ? [step(code, code === 'costs' ? 'minus' : 'plus', sum(parts), { parts_fen: parts })] : []
  })
  for (const { code } of CODEBOOK.IncomeLine ?? []) {
    const by = (signOf(code, 'monitor', parameters) - (USUAL[code] ?? 0)) * amountOf(code, entries)
    if (by) steps.push(differing(code, by, entries, 'monitor', parameters))
  }
  const perHead = rounded(net, people)
  steps.push(step('net', 'equals', net), step('people', 'equals', perHead, { parts_fen: [net, people] }))
  return { total_fen: net, people, per_head_fen: perHead, steps }
}

/** After claims and what was paid for oneself; the last step takes up what rounding left over. */
function afterSelfPaid(before: PerHead, entries: Entry[], spent: Entry[], parameters: Parameters): PerHead {
  const { people } = before
  const counted = codesIn(parameters, 'self_paid_lines')
  const claims = claimsOf(entries, parameters)
  const paid = sum(amountsOf(spent.filter((one) => counted.has(one.code))))
  const total = before.total_fen + claims - paid
  const perHead = rounded(total, people)
  const claimed = rounded(claims, people)
  const parameter = flagKey('monitor', CLAIM_LINE)
  const extra = claims ? [step('claims', 'plus', claimed, { parts_fen: [claims, people], parameter })] : []
  const own = before.per_head_fen + claimed - perHead
  const last = step('self_paid', 'minus', own, { parts_fen: [paid, people], parameter: 'self_paid_lines' })
  const steps = [...before.steps, ...extra, last, step('after', 'equals', perHead)]
  return { total_fen: total, people, per_head_fen: perHead, steps }
}

/** From the net income of relapse prevention to low income, one step per line that differs. */
function lowIncome(
  net: number, entries: Entry[], definition: string, parameters: Parameters, people: number, deductions: Step[],
): PerHead {
  const exempt = codesIn(parameters, 'dibao_exempt_lines')
  const steps = [step('net', 'equals', net)]
  for (const { code } of CODEBOOK.IncomeLine ?? []) {
    const wanted = exempt.has(code) ? 0 : signOf(code, definition, parameters)
    const by = (wanted - signOf(code, 'monitor', parameters)) * amountOf(code, entries)
    if (by) steps.push(differing(code, by, entries, definition, parameters, exempt.has(code)))
  }
  steps.push(...deductions)
  const total = sum(steps.map((one) => (one.sign === 'minus' ? -1 : 1) * one.amount_fen))
  const perHead = rounded(total, people)
  steps.push(step('total', 'equals', total), step('people', 'equals', perHead, { parts_fen: [total, people] }))
  return { total_fen: total, people, per_head_fen: perHead, steps }
}

function differing(
  code: string, by: number, entries: Entry[], definition: string, parameters: Parameters, isExempt = false,
): Step {
  const counts = signOf(code, definition, parameters) !== 0
  return step(code, by > 0 ? 'plus' : 'minus', Math.abs(by), {
    parts_fen: amountsOf(entries.filter((one) => one.code === code)),
    reason: isExempt ? 'exempted' : counts ? 'only_here' : 'not_counted',
    parameter: isExempt ? 'dibao_exempt_lines' : keyOf(code, definition, parameters),
  })
}
