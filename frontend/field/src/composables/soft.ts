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

export function sayFinding(found: SoftFinding): string {
  return [found.who, found.label].filter(Boolean).join(common.dot)
}
