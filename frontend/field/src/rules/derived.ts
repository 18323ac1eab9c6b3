// What other answers already tell, so that nobody is asked; see backend/domain/derived.py.
import { ageOf } from './age'
import { isRecord } from './answer_faults'
import type { Answers } from './form_shape'
import { shanghaiToday } from './identity'

export type Derived = { school_age: number; dropped_out: string[]; uninsured: string[]; has_no_labour: boolean }

const NO_LABOUR: unknown[] = ['lost', 'none']
const nameOf = (member: Answers): string => (typeof member.m_name === 'string' ? member.m_name.trim() : '')

/** Of those who live together. */
export function derivedOf(answers: Answers, today: string = shanghaiToday()): Derived {
  const living = (Array.isArray(answers.members) ? answers.members.filter(isRecord) : []).filter((one) => one.m_is_living !== 'no')
  const isSmall = (age: number | null): boolean => age !== null && age >= 6 && age < 16
  return {
    school_age: living.filter((one) => isSmall(ageOf(one, today))).length,
    dropped_out: living.filter((one) => one.m_schooling === 'dropped_out').map(nameOf),
    uninsured: living.filter((one) => one.m_insurance === 'none').map(nameOf),
    has_no_labour: living.length > 0 && living.every((one) => NO_LABOUR.includes(one.m_labour)),
  }
}
