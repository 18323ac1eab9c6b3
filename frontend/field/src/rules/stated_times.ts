// When somebody says that a visit was, beside when the phone had its first answer; see backend/domain/stated_times.py.
import { isRecord } from './answer_faults'
import type { Answers } from './form_shape'

const FAR_MS = 2 * 3_600_000

/** An instant in ms; a wall clock without a zone is China's. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null
  const whole = value.length === 10 ? `${value}T00:00:00` : value
  const instant = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(whole) ? whole : `${whole}+08:00`)
  return Number.isNaN(instant) ? null : instant
}

/** Whether every photo was taken more than two hours before or after the visit began. */
export function arePhotosFar(answers: Answers): boolean {
  const began = instantOf(answers.visited_at) ?? instantOf(answers.started_at)
  const photos: unknown[] = Array.isArray(answers.photos) ? answers.photos : []
  const taken = photos.filter(isRecord).map((photo) => instantOf(photo.taken_at)).filter((at): at is number => at !== null)
  return began !== null && taken.length > 0 && taken.every((at) => Math.abs(at - began) > FAR_MS)
}

export type TimeFault = '' | 'no_start' | 'early' | 'late' | 'end_first' | 'no_end'
type Told = { start: number | null; end: number | null }
/** `isOtherDay`: the start lies on a day before `now`. */
type Around = { now: number; publishedAt: number; isOtherDay: boolean }

/** Why a start and an end cannot have been, '' when they can. Without an end the visit ends with the form. */
export function timeFault({ start, end }: Told, { now, publishedAt, isOtherDay }: Around): TimeFault {
  if (start === null) return 'no_start'
  if (start < publishedAt) return 'early'
  if (start > now || (end !== null && end > now)) return 'late'
  if (end !== null && end < start) return 'end_first'
  return end === null && isOtherDay ? 'no_end' : ''
}
