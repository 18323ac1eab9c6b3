import { isDay } from './answer_faults'
import type { Answers } from './form_shape'
import { ageOn, birthOf, understandId } from './identity'

/** Full years on `day`, from the day of birth or else from the ID number. */
export function ageOf(member: Answers, day: string): number | null {
  const born = member.m_birth_on
  if (typeof born === 'string' && born) return isDay(born) ? ageOn(born, day) : null
  const number = typeof member.m_id_number === 'string' ? understandId(member.m_id_number, day).number : ''
  return number ? ageOn(birthOf(number), day) : null
}
