import type { Code } from '../contract/codebook'
import { FORM } from '../contract/form'
import { ageOn, readId } from '../rules/identity'
import type { Answers, Question, Section } from '../rules/form_shape'
import { common } from '../strings'
import { finish, form, members as memberWords } from '../strings_case'
import { isEmpty } from './progress'
import { dateText, isoDay } from './time'
import { codesIn } from './words'

const YES_NO: readonly Code[] = [{ code: 'yes', label: common.yes }, { code: 'no', label: common.no }]
const HAS_NOT: readonly Code[] = [{ code: 'yes', label: form.has }, { code: 'no', label: form.hasNot }]

/** The codes of a question; what asks whether there is something is answered in its own words. */
export function codesOf(question: Question): readonly Code[] {
  if (question.kind === 'yes_no') return question.label.includes(form.hasOrNot) ? HAS_NOT : YES_NO
  return question.codes ? codesIn(question.codes) : []
}

export function thousands(value: number): string {
  const [whole = '', part] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '')
}

/** A number as it is written: years without thousands. */
export function numberText(question: Question, value: number): string {
  return question.unit === form.year ? String(value) : thousands(value)
}

/** Fen as yuan, with thousands and without empty decimals. */
export function yuan(fen: number): string {
  const text = thousands(Math.abs(fen) / 100)
  const [whole = '', part = ''] = text.split('.')
  return (fen < 0 ? '−' : '') + (part ? `${whole}.${part.padEnd(2, '0')}` : whole)
}

/** An answer in words, '' when there is none. */
export function answerText(question: Question, value: unknown): string {
  if (isEmpty(value)) return ''
  if (typeof value === 'string' && (question.kind === 'number' || question.kind === 'money')) return value
  const codes = codesOf(question)
  if (codes.length) {
    const chosen = Array.isArray(value) ? value : [value]
    return chosen.map((code) => codes.find((entry) => entry.code === code)?.label ?? String(code)).join(common.join)
  }
  if (question.kind === 'number') return `${numberText(question, Number(value))} ${question.unit ?? ''}`.trim()
  if (question.kind === 'photo') return form.hasPhoto
  if (question.kind === 'money') return `${yuan(Number(value))} ${question.unit ?? ''}`.trim()
  if (question.kind === 'entries' && Array.isArray(value)) return `${value.length} ${question.unit ?? ''}`.trim()
  if (question.kind === 'date') return dateText(String(value))
  return typeof value === 'object' ? form.complete : String(value)
}

/** 有没有车 is answered 没有车, 是不是急难 不是急难: the answer needs no question beside it. */
export const saysItself = (question: Question): boolean => question.kind === 'yes_no' && [form.hasOrNot, form.isOrNot].some((word) => question.label.includes(word))

/** The same inside a sentence, where a bare 是 or 否 says nothing. */
export function sayAnswer(question: Question, value: unknown): string {
  if (question.kind !== 'yes_no') return answerText(question, value)
  if (saysItself(question)) return form.joined(question.label, value === 'yes')
  return value === 'yes' ? question.label : common.not(question.label)
}

const NOTHING = 'none'
/** The same among other answers, without its question: 都没有 of what it would not say. */
export function sayAlone(question: Question, value: unknown): string {
  const given = Array.isArray(value) ? value : [value]
  return question.codes && given.length === 1 && given[0] === NOTHING ? '' : sayAnswer(question, value)
}

/** The question with this key, also one that the entries of a list answer. */
export function findQuestion(key: string): { section: Section; question: Question } | undefined {
  for (const section of FORM.sections) {
    const question = section.questions.flatMap((one) => [one, ...(one.entry ?? [])]).find((one) => one.key === key)
    if (question) return { section, question }
  }
  return undefined
}

/** Short name of a question for a button: what stands before the first bracket. */
export function shortLabel(question: Question): string {
  return question.label.split('（')[0] ?? question.label
}

export type IdLook = { sex: string; age: number }
const SEX_AT = 16
/** From the number; from a masked one with the day of birth that came along with it. */
export function readSexAndAge(idNumber: unknown, birthOn?: unknown): IdLook | null {
  if (typeof idNumber !== 'string') return null
  if (idNumber.includes('*')) {
    if (idNumber.length !== 18 || typeof birthOn !== 'string' || !birthOn) return null
    return { sex: Number(idNumber[SEX_AT]) % 2 === 1 ? memberWords.male : memberWords.female, age: ageOn(birthOn, isoDay(Date.now())) }
  }
  const facts = readId(idNumber)
  return facts ? { sex: facts.sex === 'male' ? memberWords.male : memberWords.female, age: ageOn(facts.birthOn, isoDay(Date.now())) } : null
}

export function membersOf(answers: Answers): Answers[] {
  return Array.isArray(answers.members) ? (answers.members as Answers[]) : []
}

export function memberName(member: Answers | undefined): string {
  return typeof member?.m_name === 'string' && member.m_name ? member.m_name : memberWords.unnamed
}

/** Section title with its own page's name where they differ. */
export function sectionTitle(section: Section): string {
  return isFinish(section) ? finish.title : section.title
}
export function isFinish(section: Section): boolean {
  return section.questions.some((question) => question.kind === 'signature')
}
export function isPhotos(section: Section): boolean {
  return section.questions.some((question) => question.kind === 'photos')
}
