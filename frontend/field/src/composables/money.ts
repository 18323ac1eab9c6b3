import type { Answers, Question } from '../rules/form_shape'
import { spentOf, whole } from '../rules/income_entries'
import { flagKey, isBeside, signOf } from '../rules/income_flags'
import { factorsOf, produceOf } from '../rules/produce'
import { parametersOn, sourcesOn, type ParameterRow } from '../rules/parameters'
import { common } from '../strings'
import { money as w } from '../strings_money'
import { answerText, memberName, membersOf, yuan } from './answer'
import { isEmpty } from './progress'
import { labelOf } from './words'

export function entriesOf(answers: Answers, key: string): Answers[] {
  const listed = answers[key]
  return Array.isArray(listed) ? (listed as Answers[]) : []
}

/** The amount that stands for an entry, in fen; null while it cannot be told. */
export function amountOf(question: Question, entry: Answers): number | null {
  if (question.key === 'incomes') {
    const given = whole(entry.i_amount_fen)
    if (!isEmpty(entry.i_amount_fen)) return given
    const each = whole(entry.i_monthly_fen)
    const months = whole(entry.i_months, 12)
    return each === null || months === null ? null : each * months
  }
  if (question.key === 'expenses') return isEmpty(entry.x_amount_fen) && isEmpty(entry.x_total_fen) ? null : spentOf(entry)
  const key = question.entry?.find((one) => one.kind === 'money')?.key
  return key && !isEmpty(entry[key]) ? whole(entry[key]) : null
}

/** Whose or what it is, in a few words. */
export function entryTitle(question: Question, entry: Answers, at: number): string {
  const parts = (question.entry ?? []).filter((one) => one.kind === 'choice' || one.kind === 'text')
    .map((one) => answerText(one, entry[one.key])).filter(Boolean)
  const [what, who] = [parts[0], parts[1]]
  if (question.key === 'incomes' || question.key === 'expenses') return who ? `${who}${common.dot}${what}` : what ?? w.unnamed(question.label, at + 1)
  return parts.join(common.dot) || w.unnamed(question.label, at + 1)
}

/** What is counted for it and what that comes to: 5 亩 × 800 斤 × 1.2 元; null while it is not counted. */
function producedBy(question: Question, entry: Answers): { text: string; amount: number } | null {
  const parts = question.entry ?? []
  const amount = question.key === 'incomes' ? produceOf(parts, entry) : null
  if (amount === null) return null
  return { text: factorsOf(parts, entry).map((one) => answerText(one, entry[one.key])).join(w.by), amount }
}

/** `of`: what it is counted from, what ends it last; the sum stands below the one that was typed. */
export type Sum = { parts: string; sum: string; of: string[] }

/** How the amount of an entry comes about, with what is left of it, or with what was written instead; null where nothing is counted. */
export function sumOf(question: Question, entry: Answers): Sum | null {
  const came = producedBy(question, entry)
  if (came) {
    const { i_cost_fen: cost, i_amount_fen: written } = entry
    const isOther = typeof written === 'number' && written !== came.amount
    const rest = isOther ? w.otherwise(yuan(written)) : typeof cost === 'number' && cost ? w.net(yuan(cost), yuan(came.amount - cost)) : ''
    return { parts: came.text, sum: w.equals(yuan(came.amount)) + rest, of: ['i_amount_fen', 'i_cost_fen', ...factorsOf(question.entry ?? [], entry).map((one) => one.key)] }
  }
  const { x_total_fen: bill, x_settled_fen: settled, i_monthly_fen: each, i_months: months } = entry
  if (isEmpty(entry.x_amount_fen) && typeof bill === 'number' && typeof settled === 'number' && settled <= bill) {
    return { parts: w.lessSettled(yuan(bill), yuan(settled)), sum: w.selfPaid(yuan(amountOf(question, entry) ?? 0)), of: ['x_total_fen', 'x_settled_fen'] }
  }
  const amount = amountOf(question, entry)
  const isProduct = isEmpty(entry.i_amount_fen) && typeof each === 'number' && typeof months === 'number'
  return isProduct && amount !== null ? { parts: w.times(yuan(each), months), sum: w.equals(yuan(amount)), of: ['i_monthly_fen', 'i_months'] } : null
}

/** What it was counted from; with the sum where another amount was written. */
function producedLine(question: Question, entry: Answers): string {
  const came = producedBy(question, entry)
  if (!came) return ''
  const written = entry.i_amount_fen
  return came.text + (typeof written === 'number' && written !== came.amount ? ` ${w.equals(yuan(came.amount))}${w.otherwise(yuan(written))}` : '')
}

/** The amount follows what it is counted from until somebody writes another one. */
export function producedAmount(question: Question, before: Answers, after: Answers): Answers {
  const [was, is] = [producedBy(question, before)?.amount, producedBy(question, after)?.amount]
  const isCounted = isEmpty(before.i_amount_fen) || before.i_amount_fen === was
  return was !== is && isCounted ? { i_amount_fen: is } : {}
}

const backLine = (spent: number, back: number): string => w.back(yuan(spent), yuan(back), yuan(Math.max(0, spent - back)))

/** How its amount came about. */
export function entryLine(question: Question, entry: Answers): string {
  const isMonthly = question.key === 'incomes' && isEmpty(entry.i_amount_fen) && typeof entry.i_monthly_fen === 'number' && typeof entry.i_months === 'number'
  const parts = [
    producedLine(question, entry),
    isMonthly ? w.monthly(yuan(entry.i_monthly_fen as number), entry.i_months as number) : '',
    typeof entry.i_cost_fen === 'number' ? w.cost(yuan(entry.i_cost_fen)) : '',
    typeof entry.x_paid_back_fen === 'number' ? backLine(spentOf(entry) ?? 0, entry.x_paid_back_fen) : '',
    entry.x_is_receipted === 'no' ? w.noReceipt : '',
  ]
  return parts.filter(Boolean).join('，')
}

/** What the two definitions do differently with a line, by the county's parameters of a day; '' where nobody set them. */
export function entryFlag(question: Question, entry: Answers, rows: readonly ParameterRow[], day: string, area: string): string {
  const code = entry.i_code
  if (question.key !== 'incomes' || typeof code !== 'string' || !labelOf('IncomeLine', code)) return ''
  const parameters = parametersOn(rows, day, area)
  const [inDibao, inMonitor] = ['dibao', 'monitor'].map((one) => parameters[flagKey(one, code)])
  if (typeof inDibao !== 'boolean' || typeof inMonitor !== 'boolean') return ''
  if (inMonitor && isBeside(code, 'monitor')) return w.apart
  if (inDibao === inMonitor) return ''
  if (!inDibao) return w.notDibao
  return signOf(code, 'dibao', parameters) < 0 ? w.onlyDibao : w.notMonitor
}

/** Lists of things and the county's parameter that says which of them do not count. */
const EXEMPT_BY = {
  vehicles: { parameter: 'vehicle_exempt', key: 'v_kind', book: 'VehicleKind' }, businesses: { parameter: 'biz_exempt', key: 'b_state', book: 'BusinessState' },
} as const
const OWN_LAND = ['homestead', 'resettled']

/** Why a thing, one of `count`, does not count, '' where it does: the county's parameter of the day, never the visitor. */
export function exemptionOf(question: Question, entry: Answers, rows: readonly ParameterRow[], day: string, area: string, count = 1): string {
  const [parameters, sources] = [parametersOn(rows, day, area), sourcesOn(rows, day, area)]
  if (question.key === 'houses') {
    const isHome = entry.h_use === 'lived_in' && OWN_LAND.includes(entry.h_tenure as string)
    return isHome && count <= (whole(parameters.house_max) ?? 0) ? w.oneHome(sources.house_max ?? '') : ''
  }
  if (question.key !== 'vehicles' && question.key !== 'businesses') return ''
  const { parameter, key, book } = EXEMPT_BY[question.key]
  const exempt = parameters[parameter]
  return Array.isArray(exempt) && exempt.includes(entry[key]) ? w.exemptBy(labelOf(book, entry[key]), sources[parameter] ?? '') : ''
}

/** How long somebody worked is known from the members: nobody is asked twice. */
export function monthsOf(answers: Answers, entry: Answers): Answers {
  if (entry.i_code !== 'W1' || !isEmpty(entry.i_months) || isEmpty(entry.i_member)) return {}
  const months = membersOf(answers).find((one) => memberName(one) === entry.i_member)?.m_work_months
  return typeof months === 'number' ? { i_months: months } : {}
}

/** Wages of a year, and nobody said for how many months: asked before anybody signs. */
export const areMonthsUnsaid = (entry: Answers): boolean => entry.i_code === 'W1' && typeof entry.i_amount_fen === 'number' && isEmpty(entry.i_months)

/** The kinds of photo that prove an expense, the likeliest first. */
export function proofKinds(entry: Answers): string[] {
  return entry.x_code === 'E1' || entry.x_code === 'E2' ? ['tuition', 'receipt'] : ['receipt', 'tuition', 'diagnosis']
}
