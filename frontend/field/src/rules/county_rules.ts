// The rules as a county has changed them by dated parameters; the shape is told in backend/domain/county_rules.py.
import { isRecord } from './answer_faults'
import type { Test } from './conditions'
import type { Parameters } from './deductions'
import type { Rule, Rulebook } from './suggestion'

type Changed = Pick<Rule, 'must' | 'should' | 'best' | 'worst' | 'clause' | 'source' | 'title' | 'assistance'> & { tests: Record<string, Test> }

const PREFIX = 'rule_'
const SENTENCES = ['about', 'met', 'unmet']
const OPERATORS = ['in', 'has', 'at_least', 'at_most', 'above']
const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** The rulebook with what the county's parameters make of it; what cannot be read changes nothing. */
export function bookOf(rulebook: Rulebook, parameters: Parameters): Rulebook {
  const shipped = new Set(rulebook.rules.map((rule) => rule.id))
  const changed = new Map<string, Changed>()
  for (const key of Object.keys(parameters).sort()) {
    const id = key.slice(PREFIX.length)
    if (key.startsWith(PREFIX) && isReadable(parameters[key], id, shipped, rulebook)) changed.set(id, parameters[key])
  }
  if (changed.size === 0) return rulebook
  const rules = rulebook.rules.map((rule) => {
    const value = changed.get(rule.id)
    return value ? { ...appliedTo(value, rule.id), title: rule.title, assistance: rule.assistance, from_on: rule.from_on, until_on: rule.until_on, concerns: rule.concerns, tell: rule.tell, programme: rule.programme, part: rule.part } : rule
  })
  const added = [...changed].filter(([id]) => !shipped.has(id)).map(([id, value]): Rule => ({ ...appliedTo(value, id), from_on: '' }))
  return { tests: Object.assign({}, rulebook.tests, ...[...changed.values()].map((value) => value.tests)), rules: [...rules, ...added] }
}

function appliedTo({ tests: _, ...rule }: Changed, id: string): Omit<Rule, 'from_on'> {
  return { ...rule, id, changed_by: `${PREFIX}${id}` }
}

function isReadable(value: unknown, id: string, shipped: Set<string>, { tests }: Rulebook): value is Changed {
  if (!isRecord(value) || !isRecord(value.tests)) return false
  const { must, should, tests: own } = value
  const known = new Set<unknown>([...Object.keys(own), ...Object.keys(tests).filter((name) => 'about' in tests[name]!)])
  const texts = ['clause', 'source', ...(shipped.has(id) ? [] : ['title', 'assistance'])]
  return texts.every((name) => isText(value[name]))
    && ['yes', 'maybe'].includes((value.best ?? 'yes') as string)
    && ['no', 'maybe'].includes((value.worst ?? 'no') as string)
    && Object.entries(own).every(([name, test]) => name.startsWith(`${id}.`) && isTest(test))
    && Array.isArray(must) && must.length > 0 && Array.isArray(should)
    && [...must, ...should].every((name: unknown) => known.has(name))
}

function isTest(test: unknown): boolean {
  return isRecord(test) && SENTENCES.every((name) => isText(test[name])) && reads(test.when)
}

/** Whether a condition is made of comparisons alone. */
function reads(condition: unknown): boolean {
  if (!isRecord(condition)) return false
  const { all, any, not, some, where, fact, ...rest } = condition
  const size = Object.keys(condition).length
  if (size === 1 && (all ?? any) !== undefined) return isSome(all ?? any) && ((all ?? any) as unknown[]).every(reads)
  if (size === 1 && 'not' in condition) return reads(not)
  if (size === 2 && 'where' in condition) return typeof some === 'string' && reads(where)
  return size === 2 && typeof fact === 'string' && Object.entries(rest).every(([name, limit]) => OPERATORS.includes(name) && isLimit(limit))
}

const isSome = (value: unknown): boolean => Array.isArray(value) && value.length > 0

function isLimit(limit: unknown): boolean {
  if (Array.isArray(limit)) return limit.every((one) => typeof one === 'string')
  if (isRecord(limit)) return Object.keys(limit).length === 1 && typeof limit.parameter === 'string'
  return typeof limit === 'number'
}
