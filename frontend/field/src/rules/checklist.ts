// What blocks a finished 核查表; the same vectors run against backend/domain/checklist.py.
import { faultOf, isEmpty, isRecord } from './answer_faults'
import { hasPhoto, photosLacking, signatureLacking, visitorsLacking } from './evidence_checks'
import type { Answers, FormShape, Question } from './form_shape'
import { shanghaiToday } from './identity'
import { spentOf, whole } from './income_entries'
import { instantOf } from './stated_times'
import { isAsked } from './when'

/**
 * `member` is the index in answers.members, `entry` that in answers[`list`]; a photo's key is "photos.<kind>".
 * Codes: missing, invalid, bad_id, too_short, too_long, out_of_range, count_differs, head_count, spouse_count,
 * too_few, same_person, phone_missing, witness_missing, photo_gone, before_start, more_than_cost.
 */
export type CheckItem = {
  key: string; member?: number; list?: string; entry?: number; code: string; section: string
}
type Found = Omit<CheckItem, 'section'>
type Asking = { answers: Answers; today: string; version: number }

/** From this version on everybody registered is written down. */
const COUNTED_SINCE = 3

/**
 * Missing and wrong things in the order of the form. `today` is YYYY-MM-DD; what a form of `version` did not ask
 * yet is not missed.
 */
export function checklist(
  form: FormShape, answers: Answers, today: string = shanghaiToday(), version: number = form.version,
): CheckItem[] {
  const asking = { answers, today, version }
  return form.sections.flatMap((section) => {
    const questions = ofVersion(section.questions, version)
    const found = section.repeat
      ? membersFound(questions, asking)
      : questions.filter((one) => isAsked(one.when, answers, undefined, today)).flatMap((one) => questionFound(one, asking))
    return found.map((item) => ({ ...item, section: section.key }))
  })
}

/** The questions that a form of `version` asked, insisting on no more than it did. */
function ofVersion(questions: readonly Question[], version: number): Question[] {
  return questions.filter((one) => (one.since ?? 1) <= version)
    .map((one) => ((one.required_since ?? 1) > version ? { ...one, required: false } : one))
}

function questionFound(question: Question, asking: Asking): Found[] {
  const { answers, version } = asking
  const { key } = question
  const found = byKind(question, asking)
  const isCounted = version >= COUNTED_SINCE
  if (key === 'head_id_number' && isCounted && lacksNumber(answers, 'head')) found.push({ key, code: 'missing' })
  if (key === 'registered_size' && isCounted && leavesOut(answers)) found.push({ key, code: 'count_differs' })
  if (key === 'living_size' && livingDiffers(answers)) found.push({ key, code: 'count_differs' })
  if (key === 'visit_mode' && endsBeforeStart(answers)) found.push({ key: 'ended_at', code: 'before_start' })
  return found
}

function byKind(question: Question, asking: Asking): Found[] {
  const { answers, today, version } = asking
  switch (question.kind) {
    case 'photos':
      return photosLacking(answers)
    case 'people':
      return visitorsLacking(question, answers, version >= COUNTED_SINCE)
    case 'signature':
      return signatureLacking(question, answers)
    case 'entries':
      return entriesFound(question, asking)
    default:
      return valueFound(question, answers[question.key], today)
  }
}

function valueFound(question: Question, value: unknown, today: string): Found[] {
  const code = faultOf(question, value, today)
  return code ? [{ key: question.key, code }] : []
}

function membersFound(questions: readonly Question[], { answers, today }: Asking): Found[] {
  const members = membersOf(answers)
  if (members.length === 0) return [{ key: 'm_name', code: 'missing' }]
  const found = members.flatMap((member, index) =>
    questions.flatMap((question) => {
      const own = isAsked(question.when, answers, member, today) ? valueFound(question, member[question.key], today) : []
      if (question.key === 'm_id_number' && lacksNumber(member, 'm')) own.push({ key: question.key, code: 'missing' })
      return own.map((item) => ({ ...item, member: index }))
    }))
  return [...found, ...relationsFound(members)]
}

function entriesFound(question: Question, asking: Asking): Found[] {
  const listed = asking.answers[question.key]
  const entries: unknown[] = Array.isArray(listed) ? listed : []
  if (entries.length === 0) {
    const code = isEmpty(listed) ? 'missing' : 'invalid'
    return question.required || code === 'invalid' ? [{ key: question.key, code }] : []
  }
  if (question.max !== undefined && entries.length > question.max) return [{ key: question.key, code: 'out_of_range' }]
  const parts = ofVersion(question.entry ?? [], asking.version)
  return entries.flatMap((entry, index) => {
    const own = isRecord(entry) ? entryFound(parts, entry, asking) : [{ key: question.key, code: 'invalid' }]
    return own.map((item) => ({ ...item, list: question.key, entry: index }))
  })
}

function entryFound(parts: readonly Question[], entry: Answers, { answers, today }: Asking): Found[] {
  return parts.filter((part) => isAsked(part.when, answers, entry, today)).flatMap((part) => {
    const value = entry[part.key]
    const isGone = part.kind === 'photo' && !isEmpty(value) && !hasPhoto(answers, value)
    const own: Found[] = isGone ? [{ key: part.key, code: 'photo_gone' }] : valueFound(part, value, today)
    if (lacksAmount(entry, part.key)) own.push({ key: part.key, code: 'missing' })
    if (exceedsCost(entry, part.key)) own.push({ key: part.key, code: 'more_than_cost' })
    return own
  })
}

/** Twelve months in one figure, or what it follows from: so much a month, a bill less what was settled. */
const PARTS: Record<string, string[]> = { i_amount_fen: ['i_monthly_fen', 'i_months'], x_amount_fen: ['x_total_fen', 'x_settled_fen'] }
function lacksAmount(entry: Answers, key: string): boolean {
  const parts = PARTS[key]
  const isBilled = key !== 'x_amount_fen' || entry.x_code === 'M1'
  return !!parts && isEmpty(entry[key]) && !(isBilled && parts.every((part) => !isEmpty(entry[part])))
}

/** More came back than it cost: two amounts were mixed up, or one was mistyped. */
function exceedsCost(entry: Answers, key: string): boolean {
  if (key !== 'x_settled_fen' && key !== 'x_paid_back_fen') return false
  const cost = key === 'x_settled_fen' ? whole(entry.x_total_fen) : spentOf(entry)
  const back = whole(entry[key])
  return cost !== null && back !== null && back > cost
}

/** Whether nothing at all may stand here, as the other answers of the same person or entry are. */
export function mayLeaveOut(question: Question, own: Answers): boolean {
  const { key, required } = question
  const rest = { ...own, [key]: undefined }
  const of = /^(head|m)_(id_number|no_id_reason)$/.exec(key)?.[1]
  return !required && !lacksAmount(rest, key) && !(of && lacksNumber(rest, of))
}

function membersOf(answers: Answers): Answers[] {
  return Array.isArray(answers.members) ? answers.members.filter(isRecord) : []
}

function lacksNumber(person: Answers, of: string): boolean {
  return isEmpty(person[`${of}_id_number`]) && isEmpty(person[`${of}_no_id_reason`])
}

/** Fewer people written down, living here or not, than the household has in its register. */
function leavesOut(answers: Answers): boolean {
  const count = membersOf(answers).length
  return typeof answers.registered_size === 'number' && count > 0 && count < answers.registered_size
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
