// Which lines of S3 a definition counts: dated parameters; see backend/domain/income_flags.py.
import { CLAIM_LINE, SUBTRACTED_LINES } from '../contract/income'
import type { Parameters } from './deductions'
import type { Entry } from './income_entries'

export const flagKey = (definition: string, line: string): string => `counts_${definition}_${line}`

/** The parameter that says so; 特困 follows 低保 where it has none of its own. */
export function keyOf(line: string, definition: string, parameters: Parameters): string {
  const own = flagKey(definition, line)
  return definition === 'tekun' && !(own in parameters) ? flagKey('dibao', line) : own
}

/** Whether a definition tells the line apart from the net income. */
export const isBeside = (line: string, definition: string): boolean => definition === 'monitor' && line === CLAIM_LINE

/** 1 where the net income holds the line, -1 where it is taken off, 0 where it does not count or stands beside. */
export function signOf(line: string, definition: string, parameters: Parameters): number {
  if (parameters[keyOf(line, definition, parameters)] !== true || isBeside(line, definition)) return 0
  return SUBTRACTED_LINES.includes(line) ? -1 : 1
}

/** 家庭理赔收入, where relapse prevention counts it. */
export function claimsOf(entries: Entry[], parameters: Parameters): number {
  if (parameters[flagKey('monitor', CLAIM_LINE)] !== true) return 0
  return entries.reduce((total, one) => total + (one.code === CLAIM_LINE ? one.amount : 0), 0)
}

/** What nobody has set of the lines that a household has, as missing keys. */
export function unset(entries: Entry[], definition: string, parameters: Parameters): string[] {
  const keys = new Set(entries.map((one) => keyOf(one.code, definition, parameters)))
  return [...keys].filter((key) => typeof parameters[key] !== 'boolean').map((key) => `parameters.${key}`)
}
