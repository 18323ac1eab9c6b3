// What photos, visitors and signatures lack; see backend/domain/evidence_checks.py.
import { REQUIRED_PHOTOS } from '../contract/codebook'
import { isEmpty, isRecord } from './answer_faults'
import type { Answers, Question } from './form_shape'

type Found = { key: string; code: string }

const recordsIn = (value: unknown): Answers[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** Whether a photo is still among those of the form. */
export function hasPhoto(answers: Answers, id: unknown): boolean {
  return !isEmpty(id) && recordsIn(answers.photos).some((photo) => photo.id === id)
}

export function photosLacking(answers: Answers): Found[] {
  const taken = new Set(recordsIn(answers.photos).map((photo) => String(photo.kind)))
  const refusals = isRecord(answers.photo_refusals) ? answers.photo_refusals : {}
  return REQUIRED_PHOTOS
    .filter((kind) => !taken.has(kind) && isEmpty(refusals[kind]))
    .map((kind) => ({ key: `photos.${kind}`, code: 'missing' }))
}

/** Two, and not one person twice: accounts tell, names where one has none. Who has none can be rung up. */
export function visitorsLacking(question: Question, answers: Answers, asksPhone: boolean): Found[] {
  const named = recordsIn(answers[question.key]).filter((person) => !isEmpty(person.name))
  if (named.length < 2) return [{ key: question.key, code: 'too_few' }]
  if (named.slice(1).every((other) => isSame(named[0]!, other))) return [{ key: question.key, code: 'same_person' }]
  const isOutOfReach = asksPhone && named.some((one) => isEmpty(one.user_id) && isEmpty(one.phone))
  return isOutOfReach ? [{ key: question.key, code: 'phone_missing' }] : []
}

function isSame(one: Answers, other: Answers): boolean {
  if (!isEmpty(one.user_id) && !isEmpty(other.user_id)) return one.user_id === other.user_id
  return String(one.name).trim() === String(other.name).trim()
}

/** Strokes, or a handprint whose photo is still there. */
export function isSigned(value: unknown, answers: Answers): boolean {
  return isRecord(value) && (!isEmpty(value.strokes) || hasPhoto(answers, value.handprint_photo))
}

export function signatureLacking(question: Question, answers: Answers): Found[] {
  const given = answers[question.key]
  if (isSigned(given, answers)) return []
  const signed = isRecord(given) ? given : {}
  const isRefused = question.key === 'signature_interviewee' && !isEmpty(signed.refused)
  if (!isRefused) return [{ key: question.key, code: 'missing' }]
  return isEmpty(signed.witness) ? [{ key: question.key, code: 'witness_missing' }] : []
}
