// What S1, S3 and S4 say, as entries with an amount or as missing keys; see backend/domain/income_entries.py.
import { CODEBOOK } from '../contract/codebook'
import { COST_LINES } from '../contract/income'
import { isRecord } from './answer_faults'
import type { Answers } from './form_shape'

/** Ten million yuan; beyond it a number was mistyped. */
export const MOST_FEN = 1_000_000_000
const MOST_PEOPLE = 99

/** One amount of a line, in fen, never negative; `place` is its key. `months` 0 where nobody said. */
export type Entry = {
  code: string; amount: number; member: string; months: number; isReceipted: boolean; place: string
}
export type Read = { found: Entry[]; missing: string[] }

const codesOf = (book: string): Set<string> => new Set((CODEBOOK[book] ?? []).map((one) => one.code))
const INCOME = codesOf('IncomeLine')
const EXPENSE = codesOf('ExpenseLine')

/** `value` as a whole number from 0 to `most`; null for anything else. */
export function whole(value: unknown, most: number = MOST_FEN): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : null
}

/** (2a + d) ÷ 2d without the fraction: halves up, also below zero. */
export function rounded(amount: number, divisor: number): number {
  return Math.floor((2 * amount + divisor) / (2 * divisor))
}

export function peopleOf(answers: Answers): { people: number; missing: string[] } {
  const people = whole(answers.living_size, MOST_PEOPLE)
  return people ? { people, missing: [] } : { people: 0, missing: ['living_size'] }
}

/** S3, costs asked beside an income among them. */
export function entriesOf(answers: Answers): Read {
  const read: Read = { found: [], missing: [] }
  for (const [place, one] of listed(answers, 'incomes', 'has_income', read.missing)) {
    const amount = earned(one)
    if (typeof one.i_code !== 'string' || !INCOME.has(one.i_code)) read.missing.push(`${place}.i_code`)
    else if (amount === null) read.missing.push(`${place}.i_amount_fen`)
    else {
      const months = whole(one.i_months, 12) ?? 0
      read.found.push({ code: one.i_code, amount, member: text(one.i_member), months, isReceipted: false, place })
      addCost(one, one.i_code, place, read)
    }
  }
  return read
}

/** S4, less what was paid back. */
export function expensesOf(answers: Answers): Read {
  const read: Read = { found: [], missing: [] }
  for (const [place, one] of listed(answers, 'expenses', 'has_expenses', read.missing)) {
    const amount = spentOf(one)
    const back = isNothing(one.x_paid_back_fen) ? 0 : whole(one.x_paid_back_fen)
    if (typeof one.x_code !== 'string' || !EXPENSE.has(one.x_code)) read.missing.push(`${place}.x_code`)
    else if (amount === null) read.missing.push(`${place}.x_amount_fen`)
    else if (back === null) read.missing.push(`${place}.x_paid_back_fen`)
    else {
      read.found.push({
        code: one.x_code, amount: Math.max(0, amount - back), member: text(one.x_member), months: 0,
        isReceipted: one.x_is_receipted === 'yes', place,
      })
    }
  }
  return read
}

/** What was paid for oneself: as said, or a hospital bill less what was settled. */
export function spentOf(one: Answers): number | null {
  if (!isNothing(one.x_amount_fen) || one.x_code !== 'M1') return whole(one.x_amount_fen)
  const total = whole(one.x_total_fen)
  const settled = whole(one.x_settled_fen)
  return total === null || settled === null ? null : Math.max(0, total - settled)
}

function listed(answers: Answers, key: string, has: string, missing: string[]): [string, Answers][] {
  if (answers[has] === 'no') return []
  const list = answers[key]
  if (!Array.isArray(list) || list.length === 0) {
    missing.push(key)
    return []
  }
  const places = list.map((one: unknown, index): [string, unknown] => [`${key}.${index}`, one])
  missing.push(...places.filter(([, one]) => !isRecord(one)).map(([place]) => place))
  return places.filter((pair): pair is [string, Answers] => isRecord(pair[1]))
}

function earned(one: Answers): number | null {
  if (!isNothing(one.i_amount_fen)) return whole(one.i_amount_fen)
  const monthly = whole(one.i_monthly_fen)
  const months = whole(one.i_months, 12)
  return monthly === null || months === null ? null : monthly * months
}

function addCost(one: Answers, code: string, place: string, read: Read): void {
  const line = COST_LINES[code]
  if (!line || isNothing(one.i_cost_fen)) return
  const amount = whole(one.i_cost_fen)
  if (amount === null) read.missing.push(`${place}.i_cost_fen`)
  else read.found.push({ code: line, amount, member: '', months: 0, isReceipted: false, place: '' })
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
