// Hints, never a verdict on a person; the same vectors run against backend/domain/suggestion.py.
import { find, type Compared, type Condition, type Finding, type Scene, type Test } from './conditions'
import { bookOf } from './county_rules'
import type { Parameters } from './deductions'
import type { Answers } from './form_shape'
import { incomeOf } from './income'

export type HintVerdict = 'yes' | 'maybe' | 'no' | 'lack'
/** Days are YYYY-MM-DD; `until_on` is the last one. */
export type Rule = {
  id: string; title: string; assistance: string; clause: string; source: string; from_on: string; until_on?: string
  concerns?: Condition; must: readonly string[]; should?: readonly string[]; tell?: readonly string[]
  best?: HintVerdict; worst?: HintVerdict
  /** What people apply for, and how the rule bears on it: rules.yaml says more. */
  programme?: string; part?: 'must' | 'beside'
  /** The parameter by which the county changed it. */
  changed_by?: string
}
export type Rulebook = { tests: Readonly<Record<string, Test>>; rules: readonly Rule[] }
/** isMet null: not known. */
export type Reason = { test: string; isMet: boolean | null; says: string; compared: Compared[] }
/** `missing`: keys of answers, or parameters.<key> that the county has not set; `parameters`: those looked at. */
export type Hint = {
  rule: string; title: string; assistance: string; verdict: HintVerdict; clause: string; source: string
  reasons: Reason[]; missing: string[]; parameters: string[]
}
type Found = [string, Finding]

/** The hints of a day in the order of the rules, as the county has changed them; what plainly concerns nobody is left out. */
export function suggest(answers: Answers, parameters: Parameters, day: string, rulebook: Rulebook): Hint[] {
  const income = incomeOf(answers, parameters, day)
  const { tests, rules } = bookOf(rulebook, parameters)
  const scene: Scene = { answers, parameters, income, tests, day }
  return inForce(rules, parameters, day).flatMap((rule) => hintOf(rule, scene))
}

/** The rules that hold on a day and that the county has not switched off. */
export function inForce(rules: readonly Rule[], parameters: Parameters, day: string): Rule[] {
  const off: unknown[] = Array.isArray(parameters.rules_off) ? parameters.rules_off : []
  return rules.filter(({ id, from_on, until_on }) => from_on <= day && day <= (until_on ?? '9999-12-31') && !off.includes(id))
}

function hintOf(rule: Rule, scene: Scene): Hint[] {
  if (rule.concerns && find(rule.concerns, scene).isMet === false) return []
  const foundOf = (names: readonly string[] = []): Found[] => names.map((test) => [test, find({ test }, scene)])
  const must = foundOf(rule.must)
  const should = foundOf(rule.should)
  const everything = [...must, ...should, ...foundOf(rule.tell).filter(([, found]) => found.isMet)]
  const verdict = verdictOf(rule, must, should)
  const lacking = verdict === 'lack' ? must : verdict === 'maybe' ? [...must, ...should] : []
  const { id, title, assistance, clause, source } = rule
  return [{
    rule: id, title, assistance, verdict, clause, source,
    reasons: everything.map(([test, found]) => reasonOf(test, found, scene)),
    missing: [...new Set(lacking.flatMap(([, found]) => found.missing))],
    parameters: [...new Set([...(rule.changed_by ? [rule.changed_by] : []), ...everything.flatMap(([, found]) => found.parameters)])],
  }]
}

/** 不符合 beats 信息不足: one test that fails settles it. */
function verdictOf(rule: Rule, must: Found[], should: Found[]): HintVerdict {
  if (must.some(([, found]) => found.isMet === false)) return rule.worst ?? 'no'
  if (must.some(([, found]) => found.isMet === null)) return 'lack'
  return should.every(([, found]) => found.isMet) ? (rule.best ?? 'yes') : 'maybe'
}

function reasonOf(name: string, found: Finding, scene: Scene): Reason {
  const { about = '', met = '', unmet = '' } = scene.tests[name]!
  const says = found.isMet === null ? about : found.isMet ? met : unmet
  return { test: name, isMet: found.isMet, says, compared: found.compared }
}
