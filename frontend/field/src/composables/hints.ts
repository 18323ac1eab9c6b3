import type { RouteLocationRaw } from 'vue-router'
import { HINT_BOOKS } from '../contract/income'
import { PARAMETER_LABELS, RULEBOOK } from '../contract/rules'
import type { CheckItem } from '../rules/checklist'
import type { Compared } from '../rules/conditions'
import { bookOf } from '../rules/county_rules'
import type { Answers } from '../rules/form_shape'
import { parametersOn, sourcesOn, type ParameterRow } from '../rules/parameters'
import { suggest, type Hint, type HintVerdict, type Rule } from '../rules/suggestion'
import { hints as w, sums } from '../strings_money'
import { findQuestion, yuan } from './answer'
import { missingPlace, missingText } from './places'

export type Asked = { key: string; text: string; place: RouteLocationRaw }
/** `unset`: what the county has not set yet, so that nobody at the door can make up for it; `part`, `programme`: its rule's. */
export type ShownHint = Hint & Pick<Rule, 'part' | 'programme'> & { label: string; asked: Asked[]; unset: string[]; isDemo: boolean }
/** `lines`: its conditions, the ways into it and what is told beside; one verdict for all of them, null where nothing decides. */
export type Programme = { title: string; verdict: HintVerdict | null; label: string; lines: ShownHint[]; asked: Asked[]; unset: string[] }

/** What is nearest to a yes first. */
const ORDER: readonly HintVerdict[] = ['yes', 'maybe', 'lack', 'no']
/** Of conditions the worst counts. */
const TOGETHER: readonly HintVerdict[] = ['no', 'lack', 'maybe', 'yes']
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

const labelOf = (verdict: HintVerdict): string => HINT_BOOKS.HintVerdict?.find((one) => one.code === verdict)?.label ?? verdict
const once = <T>(all: T[], keyOf: (one: T) => string): T[] => [...new Map(all.map((one) => [keyOf(one), one])).values()]

/** Conditions hold together or not at all; then the best way in counts. */
function verdictOf(lines: readonly ShownHint[]): HintVerdict | null {
  const together = TOGETHER.find((verdict) => lines.some((hint) => hint.part === 'must' && hint.verdict === verdict))
  const ways = lines.filter((hint) => !hint.part).map((hint) => hint.verdict)
  return ORDER.find((verdict) => verdict === together || ways.includes(verdict)) ?? null
}

/** The hints by what people apply for, what is nearest to a yes first; that one condition holds is no headline. */
export function programmesOf(hints: readonly ShownHint[]): Programme[] {
  const nameOf = (hint: ShownHint): string => hint.programme ?? hint.title
  const groups = [...new Set(hints.map(nameOf))]
  const found = groups.map((title): Programme => {
    const lines = hints.filter((hint) => nameOf(hint) === title)
    const verdict = verdictOf(lines)
    return {
      title, verdict, label: verdict ? labelOf(verdict) : w.ofNobody, lines, unset: verdict ? [...new Set(lines.flatMap((hint) => hint.unset))] : [],
      // Nobody here can apply for it, so nobody is asked for its sake.
      asked: verdict ? once(lines.flatMap((hint) => hint.asked), (one) => one.key) : [],
    }
  })
  const place = ({ verdict }: Programme): number => (verdict ? ORDER.indexOf(verdict) : ORDER.length)
  return found.sort((one, other) => place(one) - place(other))
}

/** A line's own name inside its programme. */
export const lineName = (hint: ShownHint): string => hint.title.split(w.colon).pop() ?? hint.title

/** The hints of a visit's day with the parameters that hold then in its area, in words and with the way to what is still to be asked. */
export function hintsOf(caseId: string, answers: Answers, day: string, rows: readonly ParameterRow[], area: string): ShownHint[] {
  const parameters = parametersOn(rows, day, area)
  const sources = sourcesOn(rows, day, area)
  const rules = new Map(bookOf(RULEBOOK, parameters).rules.map((rule) => [rule.id, rule]))
  const found = suggest(answers, parameters, day, RULEBOOK)
  return found.map((hint) => ({
    ...hint,
    part: rules.get(hint.rule)?.part,
    programme: rules.get(hint.rule)?.programme,
    clause: rules.get(hint.rule)?.changed_by ? w.ofCounty(hint.clause, hint.source, hint.rule) : w.document.test(hint.clause) ? hint.clause : '',
    label: labelOf(hint.verdict),
    asked: askedOf(hint, caseId, answers),
    unset: unsetOf(hint),
    isDemo: hint.parameters.some((key) => (sources[key] ?? '').startsWith(sums.demo)),
  }))
}

export function comparedText({ figure, value, limit }: Compared): string {
  const say = (amount: number): string => (figure === 'rigid_share' ? w.percent(amount) : w.yuan(yuan(amount)))
  return w.compared(say(value), say(limit))
}
