import type { Answers, Question } from '../rules/form_shape'
import { flagOn, whole } from '../rules/income_entries'
import { money as w } from '../strings_money'
import { answerText, labelOf, yuan } from './answer'
import { isEmpty } from './progress'

/** What somebody typed as yuan, in fen; undefined for anything else. */
export function fenOf(text: string): number | undefined {
  const plain = text.replace(/[^\d.。]/g, '').replace('。', '.')
  return /^\d{1,9}(\.\d{0,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined
}

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
  const key = question.entry?.find((one) => one.kind === 'money')?.key
  return key && !isEmpty(entry[key]) ? whole(entry[key]) : null
}

/** Whose or what it is, in a few words. */
export function entryTitle(question: Question, entry: Answers, at: number): string {
  const parts = (question.entry ?? []).filter((one) => one.kind === 'choice' || one.kind === 'text')
    .map((one) => answerText(one, entry[one.key])).filter(Boolean)
  const [what, who] = [parts[0], parts[1]]
  if (question.key === 'incomes' || question.key === 'expenses') return who ? `${who} · ${what}` : what ?? w.unnamed(question.label, at + 1)
  return parts.join(' · ') || w.unnamed(question.label, at + 1)
}

/** How its amount came about. */
export function entryLine(question: Question, entry: Answers): string {
  const isMonthly = question.key === 'incomes' && isEmpty(entry.i_amount_fen) && typeof entry.i_monthly_fen === 'number' && typeof entry.i_months === 'number'
  const parts = [
    isMonthly ? w.monthly(yuan(entry.i_monthly_fen as number), entry.i_months as number) : '',
    typeof entry.i_cost_fen === 'number' ? w.cost(yuan(entry.i_cost_fen)) : '',
    typeof entry.x_paid_back_fen === 'number' ? w.back(yuan(entry.x_paid_back_fen)) : '',
    entry.x_is_receipted === 'no' ? w.noReceipt : '',
  ]
  return parts.filter(Boolean).join('，')
}

/** What the two definitions do differently with a line, on a day. */
export function entryFlag(question: Question, entry: Answers, day: string): string {
  const code = entry.i_code
  if (question.key !== 'incomes' || typeof code !== 'string' || !labelOf('IncomeLine', code)) return ''
  const [low, monitor] = [flagOn(code, 'dibao', day).sign, flagOn(code, 'monitor', day).sign]
  if (monitor === 'apart') return w.apart
  if (low === monitor) return ''
  if (low === 'none') return w.notDibao
  return low === 'minus' ? w.onlyDibao : w.notMonitor
}

/** YYYY-MM-DD → 2022年7月. */
export function monthText(day: string): string {
  return w.month(Number(day.slice(0, 4)), Number(day.slice(5, 7)))
}
