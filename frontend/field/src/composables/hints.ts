import type { RouteLocationRaw } from 'vue-router'
import { HINT_BOOKS } from '../contract/income'
import { PARAMETER_LABELS, RULEBOOK } from '../contract/rules'
import type { CheckItem } from '../rules/checklist'
import type { Compared } from '../rules/conditions'
import type { Answers } from '../rules/form_shape'
import { parametersOn, sourcesOn, type ParameterRow } from '../rules/parameters'
import { suggest, type Hint, type HintVerdict } from '../rules/suggestion'
import { hints as w, sums } from '../strings_money'
import { findQuestion, yuan } from './answer'
import { missingPlace, missingText } from './places'

export type Asked = { key: string; text: string; place: RouteLocationRaw }
/** `unset`: what the county has not set yet, so that nobody at the door can make up for it. */
export type ShownHint = Hint & { label: string; asked: Asked[]; unset: string[]; isDemo: boolean }

/** What is nearest to a yes first; within that in the order of the rules. */
const ORDER: readonly HintVerdict[] = ['yes', 'maybe', 'lack', 'no']
const OF_COUNTY = 'parameters.'
const IN_LIST = /^(\w+)\.(\d+)(?:\.(\w+))?$/

/** `members.0.m_health` or `incomes.1.i_code` as the checklist would name it; null for what no question asks. */
function asItem(key: string): CheckItem | null {
  const [, list = '', at = '', inside] = IN_LIST.exec(key) ?? []
  const found = findQuestion(inside ?? (list || key))
  if (!found) return null
  const base = { key: inside ?? (list || key), code: 'missing', section: found.section.key }
  if (!list) return base
  return list === 'members' ? { ...base, member: Number(at) } : { ...base, list, entry: Number(at) }
}

function askedOf(hint: Hint, caseId: string, answers: Answers): Asked[] {
  return hint.missing.flatMap((key) => {
    const item = key.startsWith(OF_COUNTY) ? null : asItem(key)
    return item ? [{ key, text: missingText(item, answers), place: missingPlace(caseId, item) }] : []
  })
}

function unsetOf(hint: Hint): string[] {
  return hint.missing.filter((key) => key.startsWith(OF_COUNTY)).map((key) => PARAMETER_LABELS[key.slice(OF_COUNTY.length)] ?? w.someParameter)
}

/** The hints of a visit's day with the parameters that hold then in its area, in words and with the way to what is still to be asked. */
export function hintsOf(caseId: string, answers: Answers, day: string, rows: readonly ParameterRow[], area: string): ShownHint[] {
  const parameters = parametersOn(rows, day, area)
  const sources = sourcesOn(rows, day, area)
  const found = suggest(answers, parameters, day, RULEBOOK)
  return [...found].sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict)).map((hint) => ({
    ...hint,
    label: HINT_BOOKS.HintVerdict?.find((one) => one.code === hint.verdict)?.label ?? hint.verdict,
    asked: askedOf(hint, caseId, answers),
    unset: unsetOf(hint),
    isDemo: hint.parameters.some((key) => (sources[key] ?? '').startsWith(sums.demo)),
  }))
}

export function comparedText({ figure, value, limit }: Compared): string {
  const say = (amount: number): string => (figure === 'rigid_share' ? w.percent(amount) : w.yuan(yuan(amount)))
  return w.compared(say(value), say(limit))
}
