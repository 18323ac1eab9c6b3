// 就业成本 and 刚性支出 (57号 第13条末款); see backend/domain/deductions.py.
import { DEDUCTION_CLAUSE } from '../contract/income'
import { isRecord } from './answer_faults'
import type { Answers } from './form_shape'
import { rounded, whole, type Entry } from './income_entries'

/** One line of a sum; `code` is an IncomeLine or a SumLine, amounts in fen. */
export type Step = {
  code: string; sign: 'plus' | 'minus' | 'equals'; amount_fen: number; parts_fen: number[]
  reason: string; clause: string; parameter: string
}
export type Parameters = Record<string, unknown>
export type Deduction = { step: Step | null; missing: string[] }
type Cost = { key: string; parts: number[]; missing: string[] }

export function step(code: string, sign: Step['sign'], amount: number, more: Partial<Step> = {}): Step {
  return { code, sign, amount_fen: amount, parts_fen: [], reason: '', clause: '', parameter: '', ...more }
}

const sum = (amounts: number[]): number => amounts.reduce((total, one) => total + one, 0)

/** What going to work costs, by the county's mode, never more than was earned as W1. */
export function employmentStep(answers: Answers, entries: Entry[], parameters: Parameters): Deduction {
  const mode = parameters.employment_cost_mode
  if (mode === undefined || mode === null) return notSet('employment')
  const wages = entries.filter((one) => one.code === 'W1')
  const { key, parts, missing } = costOf(mode, answers, wages, parameters)
  if (missing.length > 0) return { step: null, missing }
  const earned = sum(wages.map((one) => one.amount))
  const reason = sum(parts) > earned ? 'capped' : ''
  const more = { parts_fen: parts, reason, clause: DEDUCTION_CLAUSE, parameter: key }
  return { step: step('employment', 'minus', Math.min(sum(parts), earned), more), missing: [] }
}

function notSet(code: string): Deduction {
  return { step: step(code, 'minus', 0, { reason: 'not_set', clause: DEDUCTION_CLAUSE }), missing: [] }
}

function costOf(mode: unknown, answers: Answers, wages: Entry[], parameters: Parameters): Cost {
  switch (mode) {
    case 'percent':
      return percentOf(wages, parameters)
    case 'percent_of_minimum':
      return percentOfMinimum(wages, parameters)
    case 'fixed':
      return fixed(wages, parameters)
    case 'receipts':
      return receipts(answers, wages)
    default:
      return { key: '', parts: [], missing: ['parameters.employment_cost_mode'] }
  }
}

function percentOf(wages: Entry[], parameters: Parameters): Cost {
  const key = 'employment_cost_percent'
  const percent = whole(parameters[key], 100)
  if (percent === null) return { key, parts: [], missing: [`parameters.${key}`] }
  const cost = rounded(sum(wages.map((one) => one.amount)) * percent, 100)
  return { key, parts: wages.length > 0 ? [cost] : [], missing: [] }
}

function percentOfMinimum(wages: Entry[], parameters: Parameters): Cost {
  const key = 'employment_cost_percent'
  const percent = whole(parameters[key], 100)
  const monthly = whole(parameters.minimum_wage_fen)
  if (percent === null) return { key, parts: [], missing: [`parameters.${key}`] }
  if (monthly === null) return { key, parts: [], missing: ['parameters.minimum_wage_fen'] }
  const missing = wages.filter((one) => !one.months).map((one) => `${one.place}.i_months`)
  return { key, parts: wages.map((one) => rounded(monthly * one.months * percent, 100)), missing }
}

function fixed(wages: Entry[], parameters: Parameters): Cost {
  const key = 'employment_cost_fixed_fen'
  const each = whole(parameters[key])
  if (each === null) return { key, parts: [], missing: [`parameters.${key}`] }
  const missing = wages.filter((one) => !one.member).map((one) => `${one.place}.i_member`)
  return { key, parts: [...new Set(wages.map((one) => one.member))].map(() => each), missing }
}

function receipts(answers: Answers, wages: Entry[]): Cost {
  const key = 'employment_cost_mode'
  const listed = answers.employment_costs
  if (wages.length === 0 || answers.has_employment_costs === 'no') return { key, parts: [], missing: [] }
  if (!Array.isArray(listed) || listed.length === 0) return { key, parts: [], missing: ['employment_costs'] }
  const amounts = listed.map((one: unknown) => (isRecord(one) ? whole(one.c_amount_fen) : null))
  const missing = amounts.flatMap((one, index) => (one === null ? [`employment_costs.${index}.c_amount_fen`] : []))
  return { key, parts: amounts.filter((one) => one !== null), missing }
}

/** Rigid expenses that the county deducts: its lines, receipts if it asks for them, up to its cap a head. */
export function rigidStep(spent: Entry[], unspent: string[], parameters: Parameters, people: number): Deduction {
  const lines = parameters.rigid_lines
  if (!Array.isArray(lines)) return notSet('rigid')
  if (unspent.length > 0) return { step: null, missing: unspent }
  const allowed = spent.filter((one) => lines.includes(one.code))
  const proven = allowed.filter((one) => one.isReceipted || parameters.rigid_needs_receipt === false)
  const parts = proven.map((one) => one.amount)
  const cap = whole(parameters.rigid_cap_fen)
  const amount = cap === null ? sum(parts) : Math.min(sum(parts), cap * people)
  const reason = amount < sum(parts) ? 'capped' : proven.length < allowed.length ? 'no_receipt' : ''
  const more = { parts_fen: parts, reason, clause: DEDUCTION_CLAUSE, parameter: 'rigid_lines' }
  return { step: step('rigid', 'minus', amount, more), missing: [] }
}
