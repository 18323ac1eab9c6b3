// What blocks a finished 核查表; the same vectors run against backend/domain/checklist.py.
import { REQUIRED_PHOTOS } from '../contract/codebook'
import { faultOf, isEmpty, isRecord } from './answer_faults'
import type { Answers, FormShape, Question } from './form_shape'
import { shanghaiToday } from './identity'
import { isAsked } from './when'

/**
 * `member` is the index in answers.members, `entry` that in answers[`list`]; a photo's key is "photos.<kind>".
 * Codes: missing, invalid, bad_id, too_short, too_long, out_of_range, count_differs, head_count, spouse_count,
 * too_few, witness_missing, before_start.
 */
export type CheckItem = {
  key: string; member?: number; list?: string; entry?: number; code: string; section: string
}
type Found = Omit<CheckItem, 'section'>

/**
 * Missing and wrong things in the order of the form. `today` is YYYY-MM-DD; what a form of `version` did not ask
 * yet is not missed.
 */
export function checklist(
  form: FormShape, answers: Answers, today: string = shanghaiToday(), version: number = form.version,
): CheckItem[] {
  return form.sections.flatMap((section) => {
    const questions = section.questions.filter((one) => (one.since ?? 1) <= version)
    const found = section.repeat
      ? membersFound(questions, answers, today)
      : questions.filter((one) => isAsked(one.when, answers)).flatMap((one) => questionFound(one, answers, today))
    return found.map((item) => ({ ...item, section: section.key }))
  })
}

function questionFound(question: Question, answers: Answers, today: string): Found[] {
  const found = byKind(question, answers, today)
  if (question.key === 'living_size' && livingDiffers(answers)) found.push({ key: question.key, code: 'count_differs' })
  if (question.key === 'visit_mode' && endsBeforeStart(answers)) found.push({ key: 'ended_at', code: 'before_start' })
  return found
}

function byKind(question: Question, answers: Answers, today: string): Found[] {
  switch (question.kind) {
    case 'photos':
      return photosFound(answers)
    case 'people':
      return visitorsFound(question, answers)
    case 'signature':
      return signatureFound(question, answers)
    case 'entries':
      return entriesFound(question, answers, today)
    default:
      return valueFound(question, answers[question.key], today)
  }
}

function valueFound(question: Question, value: unknown, today: string): Found[] {
  const code = faultOf(question, value, today)
  return code ? [{ key: question.key, code }] : []
}

function membersFound(questions: readonly Question[], answers: Answers, today: string): Found[] {
  const members = membersOf(answers)
  if (members.length === 0) return [{ key: 'm_name', code: 'missing' }]
  const found = members.flatMap((member, index) =>
    questions.flatMap((question) => {
      const own = isAsked(question.when, answers, member) ? valueFound(question, member[question.key], today) : []
      if (question.key === 'm_id_number' && lacksNumber(member)) own.push({ key: question.key, code: 'missing' })
      return own.map((item) => ({ ...item, member: index }))
    }))
  return [...found, ...relationsFound(members)]
}

function entriesFound(question: Question, answers: Answers, today: string): Found[] {
  const listed = answers[question.key]
  const entries: unknown[] = Array.isArray(listed) ? listed : []
  if (entries.length === 0) {
    const code = isEmpty(listed) ? 'missing' : 'invalid'
    return question.required || code === 'invalid' ? [{ key: question.key, code }] : []
  }
  if (question.max !== undefined && entries.length > question.max) return [{ key: question.key, code: 'out_of_range' }]
  return entries.flatMap((entry, index) => {
    const own = isRecord(entry) ? entryFound(question, entry, answers, today) : [{ key: question.key, code: 'invalid' }]
    return own.map((item) => ({ ...item, list: question.key, entry: index }))
  })
}

function entryFound(question: Question, entry: Answers, answers: Answers, today: string): Found[] {
  return (question.entry ?? []).flatMap((part) => {
    const own = isAsked(part.when, answers, entry) ? valueFound(part, entry[part.key], today) : []
    if (part.key === 'i_amount_fen' && lacksAmount(entry)) own.push({ key: part.key, code: 'missing' })
    return own
  })
}

/** Twelve months in one figure, or so much a month for so many months. */
function lacksAmount(entry: Answers): boolean {
  return isEmpty(entry.i_amount_fen) && (isEmpty(entry.i_monthly_fen) || isEmpty(entry.i_months))
}

function membersOf(answers: Answers): Answers[] {
  return Array.isArray(answers.members) ? answers.members.filter(isRecord) : []
}

function lacksNumber(member: Answers): boolean {
  return isEmpty(member.m_id_number) && isEmpty(member.m_no_id_reason)
}

function relationsFound(members: Answers[]): Found[] {
  const indexesOf = (relation: string): number[] =>
    members.flatMap((member, index) => (member.m_relation === relation ? [index] : []))
  const heads = indexesOf('head')
  const spouses = indexesOf('spouse')
  const found: Found[] = []
  if (heads.length !== 1) found.push({ key: 'm_relation', code: 'head_count', member: heads[1] ?? 0 })
  if (spouses.length > 1) found.push({ key: 'm_relation', code: 'spouse_count', member: spouses[1]! })
  return found
}

function livingDiffers(answers: Answers): boolean {
  const given = membersOf(answers).map((member) => member.m_is_living)
  if (typeof answers.living_size !== 'number' || given.length === 0) return false
  const isWhole = given.every((one) => one === 'yes' || one === 'no')
  return isWhole && given.filter((one) => one === 'yes').length !== answers.living_size
}

function endsBeforeStart(answers: Answers): boolean {
  const start = instantOf(answers.visited_at)
  const end = instantOf(answers.ended_at)
  return start !== null && end !== null && end < start
}

function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null
  const whole = value.length === 10 ? `${value}T00:00:00` : value
  const instant = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(whole) ? whole : `${whole}+08:00`)
  return Number.isNaN(instant) ? null : instant
}

function photosFound(answers: Answers): Found[] {
  const listed = Array.isArray(answers.photos) ? answers.photos.filter(isRecord) : []
  const taken = new Set(listed.map((photo) => String(photo.kind)))
  const refusals = isRecord(answers.photo_refusals) ? answers.photo_refusals : {}
  return REQUIRED_PHOTOS
    .filter((kind) => !taken.has(kind) && isEmpty(refusals[kind]))
    .map((kind) => ({ key: `photos.${kind}`, code: 'missing' }))
}

function visitorsFound(question: Question, answers: Answers): Found[] {
  const listed = answers[question.key]
  const people = Array.isArray(listed) ? listed.filter(isRecord) : []
  return people.filter((person) => !isEmpty(person.name)).length < 2 ? [{ key: question.key, code: 'too_few' }] : []
}

function signatureFound(question: Question, answers: Answers): Found[] {
  const given = answers[question.key]
  const signed = isRecord(given) ? given : {}
  if (!isEmpty(signed.strokes) || !isEmpty(signed.handprint_photo)) return []
  const isRefused = question.key === 'signature_interviewee' && !isEmpty(signed.refused)
  if (!isRefused) return [{ key: question.key, code: 'missing' }]
  return isEmpty(signed.witness) ? [{ key: question.key, code: 'witness_missing' }] : []
}
