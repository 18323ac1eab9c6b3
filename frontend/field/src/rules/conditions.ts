// Conditions of the rulebook on the answers of a visit; their language is told in backend/domain/conditions.py.
import { ageOf } from './age'
import { isRecord } from './answer_faults'
import type { Parameters } from './deductions'
import type { Answers } from './form_shape'
import type { FigureName, Income } from './income'

export type Condition = Readonly<Record<string, unknown>>
/** Fen per head; permille for the share. */
export type Compared = { figure: string; value: number; limit: number; parameter: string }
/** isMet null: not known, because of `missing` (keys of answers, or parameters.<key>). */
export type Finding = { isMet: boolean | null; missing: string[]; compared: Compared[]; parameters: string[] }
export type Test = { about?: string; met?: string; unmet?: string; when: Condition }
export type Scene = {
  answers: Answers; parameters: Parameters; income: Income; tests: Readonly<Record<string, Test>>; day: string
  item?: Answers; place?: string
}
type Side = { value: unknown; missing: string[]; used: string[] }

const found = (isMet: boolean | null, missing: string[] = [], parameters: string[] = []): Finding =>
  ({ isMet, missing, compared: [], parameters })
const isNumber = (value: unknown): value is number => typeof value === 'number'
const unique = (keys: string[]): string[] => [...new Set(keys)]

/** Whether a condition holds in a scene. */
export function find(condition: Condition, scene: Scene): Finding {
  const each = (head: string): Finding[] => (condition[head] as Condition[]).map((part) => find(part, scene))
  if ('all' in condition) return joined(each('all'), false)
  if ('in_turn' in condition) return inTurn(each('in_turn'))
  if ('any' in condition) return joined(each('any'), true)
  if ('not' in condition) return turned(find(condition.not as Condition, scene))
  if ('test' in condition) return find(scene.tests[condition.test as string]!.when, scene)
  if ('some' in condition) return some(condition, scene)
  if ('figure' in condition) return figure(condition, scene)
  if ('share_above' in condition) return share(condition.share_above as string, scene)
  if ('parameter' in condition) {
    const { value, missing, used } = right(condition, scene)
    return missing.length > 0 ? found(null, missing, used) : found(value === condition.is, [], used)
  }
  return fact(condition, scene)
}

/** `all` ends with the first false, `any` with the first true; what is not known matters only otherwise. */
function joined(parts: Finding[], decisive: boolean): Finding {
  const compared = parts.flatMap((part) => part.compared)
  const parameters = unique(parts.flatMap((part) => part.parameters))
  if (parts.some((part) => part.isMet === decisive)) return { isMet: decisive, missing: [], compared, parameters }
  const unknown = parts.filter((part) => part.isMet === null)
  if (unknown.length === 0) return { isMet: !decisive, missing: [], compared, parameters }
  return { isMet: null, missing: unique(unknown.flatMap((part) => part.missing)), compared, parameters }
}

function inTurn(parts: Finding[]): Finding {
  const whole = joined(parts, false)
  if (whole.isMet !== null) return whole
  return { ...whole, missing: parts.find((part) => part.isMet === null)!.missing }
}

function turned(one: Finding): Finding {
  return { ...one, isMet: one.isMet === null ? null : !one.isMet }
}

function some(condition: Condition, scene: Scene): Finding {
  const key = condition.some as string
  const most = right(condition.more_than ?? 0, scene)
  if (!isNumber(most.value)) return found(null, most.used.map((one) => `parameters.${one}`), most.used)
  const limit = most.value
  const listed = scene.answers[key]
  if (scene.answers[`has_${key}`] === 'no') return found(false, [], most.used)
  if (!Array.isArray(listed) || listed.length === 0) return found(null, [key])
  const parts = listed.map((item: unknown, index) => ofItem(condition, scene, key, index, item))
  const { compared, parameters } = joined(parts, true)
  const met = parts.filter((part) => part.isMet).length
  const unknown = parts.filter((part) => part.isMet === null)
  const used = [...most.used, ...parameters]
  if (met > limit) return { isMet: true, missing: [], compared, parameters: used }
  const unlisted = unlistedOf(condition, scene, listed.length)
  if (met + unknown.length <= limit && unlisted.length === 0) return { isMet: false, missing: [], compared, parameters: used }
  return { isMet: null, missing: [...unknown.flatMap((part) => part.missing), ...unlisted], compared, parameters: used }
}

/** As many are to be listed as an answer says; what the rest are is not known. */
function unlistedOf(condition: Condition, scene: Scene, count: number): string[] {
  if (!('of' in condition)) return []
  const size = scene.answers[condition.of as string]
  if (!isNumber(size)) return [condition.of as string]
  return count < size ? [condition.some as string] : []
}

function ofItem(condition: Condition, scene: Scene, key: string, index: number, item: unknown): Finding {
  const place = `${key}.${index}`
  if (!isRecord(item)) return found(null, [place])
  if (key === 'members' && item.m_is_living === 'no' && condition.whoever !== 'all') return found(false)
  return find(condition.where as Condition, { ...scene, item, place })
}

function fact(condition: Condition, scene: Scene): Finding {
  const name = condition.fact as string
  const operator = ['in', 'has', 'at_least', 'at_most', 'above'].find((one) => one in condition)!
  const key = scene.place ? `${scene.place}.${name === 'age' ? 'm_birth_on' : name}` : name
  const value = name === 'age' ? ageOf(scene.item ?? {}, scene.day) : (scene.item ?? scene.answers)[name]
  const lacking = isNothing(value) ? [key] : []
  const { value: wanted, missing, used } = right(condition[operator], scene)
  const isMet = lacking.length > 0 || missing.length > 0 ? null : holds(operator, value, wanted)
  if (isMet !== null) return found(isMet, [], used)
  const all = [...lacking, ...missing]
  return found(null, all.length > 0 ? all : [key], used)
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function holds(operator: string, value: unknown, wanted: unknown): boolean | null {
  if (operator === 'in' || operator === 'has') {
    if (!Array.isArray(wanted) || Array.isArray(value) !== (operator === 'has')) return null
    return Array.isArray(value) ? value.some((one) => wanted.includes(one)) : wanted.includes(value)
  }
  if (!isNumber(value) || !isNumber(wanted)) return null
  if (operator === 'above') return value > wanted
  return operator === 'at_least' ? value >= wanted : value <= wanted
}

/** A literal, or the value of a parameter, an answer or a product of them. */
function right(wanted: unknown, scene: Scene): Side {
  if (!isRecord(wanted)) return { value: wanted, missing: [], used: [] }
  if (Array.isArray(wanted.times)) {
    const factors = wanted.times.map((one) => right(one, scene))
    return {
      value: factors.reduce((product, { value }) => (isNumber(value) ? product * value : product), 1),
      missing: factors.flatMap((one) => one.missing),
      used: factors.flatMap((one) => one.used),
    }
  }
  if ('fact' in wanted) {
    const value = scene.answers[wanted.fact as string]
    return { value, missing: isNumber(value) ? [] : [wanted.fact as string], used: [] }
  }
  const key = wanted.parameter as string
  const value = scene.parameters[key]
  return { value, missing: value === undefined || value === null ? [`parameters.${key}`] : [], used: [key] }
}

/** Per head below a line: total × 100 < line × per cent × people, so that rounding decides nothing. */
function figure(condition: Condition, scene: Scene): Finding {
  const { parameters, income } = scene
  const basis = parameters.monitor_basis === 'reference' ? 'monitor_after' : 'monitor'
  const name = (condition.figure === 'monitor_range' ? basis : condition.figure) as FigureName
  const keys = [condition.below, condition.percent].filter((key): key is string => typeof key === 'string')
  const missing = keys.filter((key) => !isNumber(parameters[key])).map((key) => `parameters.${key}`)
  const sum = income[name]
  if (!sum || missing.length > 0) return found(null, [...(income.missing[name] ?? []), ...missing], keys)
  const line = (parameters[keys[0]!] as number) * (keys[1] ? (parameters[keys[1]] as number) : 100)
  const compared = [{ figure: name, value: sum.per_head_fen, limit: Math.floor(line / 100), parameter: keys[0]! }]
  return { isMet: sum.total_fen * 100 < line * sum.people, missing: [], compared, parameters: keys }
}

function share(key: string, scene: Scene): Finding {
  const { rigid_fen: rigid, gross_fen: gross, rigid_permille: value, missing: lacking } = scene.income
  const percent = scene.parameters[key]
  const missing = [...(lacking.rigid_share ?? []), ...(isNumber(percent) ? [] : [`parameters.${key}`])]
  if (missing.length > 0 || rigid === null || gross === null || !isNumber(percent)) return found(null, missing, [key])
  const limit = Math.floor(percent * 10)
  const compared = value === null ? [] : [{ figure: 'rigid_share', value, limit, parameter: key }]
  return { isMet: rigid * 100 > percent * gross, missing: [], compared, parameters: [key] }
}
