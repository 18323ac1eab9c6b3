import { CODEBOOK } from '../contract/codebook'
import type { Question } from './form_shape'
import { readCard, understandId } from './identity'

/** The applicant's number is on the server; the phone carries it masked and nobody types it again. */
export const MASKED = /^\d{6}\*{8}\d{3}[\dX]$/

export const MASKED_CARD = /^\d{6}(\*{10}\d[\dX]\d\d|\*{12}\d\dB\d)$/

const PHONE = /^((86)?1\d{10}|0\d{9,11})$/
const BETWEEN_DIGITS = /[\s()+\-‐-―−]/g
export const FIRST_DAY = '1900-01-01'

export type Fault = 'missing' | 'invalid' | 'bad_id' | 'too_short' | 'too_long' | 'out_of_range'

const YES_NO = ['yes', 'no']

/** No answer at all: absent, blank text, an empty list or mapping. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is wrong with one given answer; null when nothing is. `today` is YYYY-MM-DD. */
export function faultOf(question: Question, value: unknown, today: string): Fault | null {
  if (isEmpty(value)) return question.required ? 'missing' : null
  switch (question.kind) {
    case 'number':
    case 'money':
      return numberFault(question, value, today)
    case 'date':
      return dateFault(value, today)
    case 'choice':
    case 'yes_no':
      return isCode(question, value) ? null : 'invalid'
    case 'choices':
      return choicesFault(question, value)
    case 'id_number':
      return typeof value === 'string' && (MASKED.test(value) || understandId(value, today).number) ? null : 'bad_id'
    case 'card_number':
      return typeof value === 'string' && (MASKED_CARD.test(value) || readCard(value, today)) ? null : 'bad_id'
    case 'phone':
      return isPhone(value) ? null : 'invalid'
    default:
      return textFault(question, value)
  }
}

function numberFault(question: Question, value: unknown, today: string): Fault | null {
  if (typeof value !== 'number' || !(question.fraction || Number.isInteger(value))) return 'invalid'
  const least = leastOf(question)
  const most = mostOf(question, today)
  const isInside = (least === undefined || value >= least) && (most === undefined || value <= most)
  return isInside ? null : 'out_of_range'
}

export const leastOf = (question: Question): number | undefined => (question.kind === 'money' ? 0 : question.min)
export const mostOf = (question: Question, today: string): number | undefined => (question.year ? Number(today.slice(0, 4)) : question.max)

/** A mobile number of 11 digits, or one with its area code; masked ones were looked at before. */
export function isPhone(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const plain = value.normalize('NFKC').replace(BETWEEN_DIGITS, '')
  return plain.includes('*') || PHONE.test(plain)
}

/** YYYY-MM-DD, and there is such a day. */
export function isDay(text: string): boolean {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

function dateFault(value: unknown, today: string): Fault | null {
  if (typeof value !== 'string' || !isDay(value)) return 'invalid'
  return value >= FIRST_DAY && value <= today ? null : 'out_of_range'
}

function choicesFault(question: Question, value: unknown): Fault | null {
  if (!Array.isArray(value) || !value.every((code) => isCode(question, code))) return 'invalid'
  return question.max !== undefined && value.length > question.max ? 'out_of_range' : null
}

function textFault(question: Question, value: unknown): Fault | null {
  if (typeof value !== 'string') return 'invalid'
  const length = Array.from(value.trim()).length
  if (question.min_length !== undefined && length < question.min_length) return 'too_short'
  return question.max_length !== undefined && length > question.max_length ? 'too_long' : null
}

function isCode(question: Question, value: unknown): boolean {
  if (typeof value !== 'string') return false
  if (question.kind === 'yes_no' || !question.codes) return YES_NO.includes(value)
  return (CODEBOOK[question.codes] ?? []).some((entry) => entry.code === value)
}
