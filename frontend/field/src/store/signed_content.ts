import { FORM } from '../contract/form'
import { isSigned } from '../rules/evidence_checks'
import type { Answers } from '../rules/form_shape'
import { isEmpty, isRecord } from '../rules/answer_faults'
import { canonicalJson } from './canonical'

const QUESTIONS = FORM.sections.flatMap((section) => section.questions)
export const SIGNATURES = QUESTIONS.filter((question) => question.kind === 'signature').map((question) => question.key)
/** What belongs to the finishing itself: who signed, where and when, and why a doubt is none. */
const APART = new Set([...SIGNATURES, 'overruled', 'place', 'started_at', 'visited_at', 'ended_at'])
/** Of these the first one said counts most; of all others the order is only that of the taps. */
const ORDERED = new Set(QUESTIONS.filter((question) => question.kind === 'choices' && question.max).map((question) => question.key))

/** A short word for all that somebody puts their name under; equal content, equal word. */
export function contentMark(answers: Answers): string {
  const told = Object.entries(answers).filter(([key]) => !APART.has(key)).map(([key, value]) => [key, key === 'photos' ? photosOf(value) : plain(value, key)])
  return shortHash(canonicalJson(Object.fromEntries(told)))
}

/** Signatures that were given under other answers than those there are now; one without a mark is from before there were any. */
export function outdatedSignatures(answers: Answers): string[] {
  const now = contentMark(answers)
  return SIGNATURES.filter((key) => {
    const value = answers[key]
    return isRecord(value) && !isEmpty(value.content_mark) && value.content_mark !== now && isSigned(value, answers)
  })
}

/** The marks are the phone's own and do not travel. */
export function withoutMarks(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => {
    if (!SIGNATURES.includes(key) || !isRecord(value)) return [key, value]
    const { content_mark: _mark, ...signature } = value
    return [key, signature]
  }))
}

function photosOf(value: unknown): string[] | undefined {
  const photos = Array.isArray(value) ? value.filter(isRecord).filter((photo) => photo.kind !== 'handprint') : []
  return photos.length ? photos.map((photo) => `${String(photo.kind)} ${String(photo.id)}`).sort() : undefined
}

/** What was emptied again is what was never said. */
function plain(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item, key)).filter((item) => item !== undefined)
    if (!items.length) return undefined
    return items.every((item) => typeof item === 'string') && !ORDERED.has(key) ? items.sort() : items
  }
  if (!isRecord(value)) return isEmpty(value) ? undefined : value
  const entries = Object.entries(value).map(([name, item]) => [name, plain(item, name)] as const).filter(([, item]) => item !== undefined)
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** FNV-1a: tells two contents apart at once, while a screen is being drawn; nobody is kept from forging it. */
function shortHash(text: string): string {
  let hash = 2166136261
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  return (hash >>> 0).toString(36)
}
