import { CODEBOOK } from '../contract/codebook'
import type { Answers } from '../rules/form_shape'
import { markOf, overruledOf, softChecks, type SoftItem } from '../rules/soft_checks'
import type { LocalCase } from '../store/cases'
import { common } from '../strings'
import { memberName, membersOf } from './answer'
import { isoDay } from './time'

export type SoftFinding = { mark: string; item: SoftItem; label: string; who: string; why: string }

/** What does not fit together in the form, with what somebody said to it. */
export function softFindings(item: LocalCase, answers: Answers): SoftFinding[] {
  const said = overruledOf(answers)
  return softChecks(answers, isoDay(Date.now()), item.declared.family_size).map((found) => ({
    mark: markOf(found, answers), item: found, why: said[markOf(found, answers)] ?? '',
    label: CODEBOOK.SoftCheck?.find((one) => one.code === found.code)?.label ?? found.code,
    who: found.member === undefined ? '' : memberName(membersOf(answers)[found.member]),
  }))
}

/** Those that nobody has said a word to come first. */
export const openFirst = (found: readonly SoftFinding[]): SoftFinding[] => [...found.filter((one) => !one.why), ...found.filter((one) => one.why)]

const LEAST_HAN = 2
const LEAST_LETTERS = 4
/** A reason that somebody else can read: two characters, or four letters or digits. */
export function isReason(text: string): boolean {
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0
  return han >= LEAST_HAN || (text.match(/[A-Za-z0-9]/g)?.length ?? 0) + han >= LEAST_LETTERS
}

export function sayFinding(found: SoftFinding): string {
  return [found.who, found.label].filter(Boolean).join(common.dot)
}
