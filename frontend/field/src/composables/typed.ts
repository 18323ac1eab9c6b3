import { FIRST_DAY, MASKED, MASKED_CARD, isDay, isPhone, leastOf, mostOf } from '../rules/answer_faults'
import type { Question } from '../rules/form_shape'
import { readCard, readId, shanghaiToday } from '../rules/identity'
import { form as w } from '../strings_case'
import { money } from '../strings_money'
import { yuan } from './answer'

/** What was typed as an answer; text where it is no number that can be counted, so that nothing of it is lost. */
export type Typed = { value: number | string | undefined; why: string }

const GROUPED = /^(\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+)(\.\d*)?$/
/** Beyond this many digits a number is no longer exact. */
const MOST_DIGITS = 12
const DECIMALS = 2
const ID_DIGITS = 18
const WIDE_TO_PLAIN = 0xfee0

/** Wide digits, points and minus signs as a plain keyboard gives them, without the unit. */
function plainOf(text: string, unit: string): string {
  const narrow = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDE_TO_PLAIN))
    .replace(/[\s\u200b-\u200f]/g, '').replace(/[。｡]/g, '.').replace(/[−–—﹣]/g, '-').replace(/^[¥￥]/, '')
  return unit && narrow.endsWith(unit) ? narrow.slice(0, -unit.length) : narrow
}

/** A number or an amount as somebody typed it, and why it cannot stand; never a number that nobody meant. */
export function readTyped(question: Question, text: string, today: string = shanghaiToday()): Typed {
  const isMoney = question.kind === 'money'
  const kept = text.trim()
  if (!kept) return { value: undefined, why: '' }
  const grouped = plainOf(text, question.unit ?? '')
  const plain = GROUPED.test(grouped) ? grouped.replace(/,/g, '') : grouped
  if (/^-[\d.]*$/.test(plain)) return { value: kept, why: isMoney ? money.noLoss : w.tooSmall(leastOf(question) ?? 0) }
  const [, digits, part] = /^(\d+)(?:\.(\d*))?$/.exec(plain) ?? []
  if (!digits) return { value: kept, why: w.notNumber }
  const hasPart = part !== undefined && (isMoney || question.fraction)
  if (part !== undefined && !hasPart) return { value: kept, why: w.notWhole }
  if (part && part.length > DECIMALS) return { value: kept, why: w.tooFine }
  const why = rangeFault(question, isMoney ? Math.round(Number(plain) * 100) : Number(plain), today)
  const isExact = digits.replace(/^0+/, '').length <= MOST_DIGITS
  return { value: isExact ? (isMoney ? Math.round(Number(plain) * 100) : Number(plain)) : kept, why }
}

function rangeFault(question: Question, value: number, today: string): string {
  const [least, most] = [leastOf(question), mostOf(question, today)]
  if (least !== undefined && value < least) return w.tooSmall(least)
  if (most === undefined || value <= most) return ''
  if (question.year) return w.latestYear(most)
  return question.kind === 'money' ? money.tooLarge(yuan(most)) : w.tooLarge(most)
}

/** Why a line of text cannot stand as it is, '' where it can; the same limits as the checks that block finishing. */
export function lineFault(question: Question, text: string, today: string = shanghaiToday()): string {
  if (!text.trim()) return ''
  if (question.kind === 'card_number') return MASKED_CARD.test(text) || readCard(text, today) ? '' : w.badCard
  if (question.kind === 'id_number') return MASKED.test(text) || readId(text, today) ? '' : text.length === ID_DIGITS ? w.badId : w.shortId
  if (question.kind === 'phone') return isPhone(text) ? '' : w.badPhone
  if (question.kind === 'date' && !isDay(text)) return w.badDay
  if (question.kind === 'date') return text < FIRST_DAY ? w.tooEarly : text > today ? w.notYet : ''
  return overLong(text, question.max_length ?? Infinity)
}

/** Why a text of at most `limit` characters cannot stand, '' where it can. */
export function overLong(text: string, limit: number): string {
  const over = lengthOf(text) - limit
  return over > 0 ? w.tooLong(limit, over) : ''
}

/** As many characters as the checks count. */
export const lengthOf = (text: string): number => Array.from(text.trim()).length
