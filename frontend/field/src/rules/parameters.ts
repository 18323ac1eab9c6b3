// Dated parameters on the phone; the server's are in backend/domain/parameters.py.
import type { Parameters } from './deductions'

/** A value that holds from `valid_from_on` (YYYY-MM-DD) until a later row of the same key begins. */
export type ParameterRow = { key: string; value: unknown; valid_from_on: string; source: string; area_code?: string }

const PROVINCE = '62'

/** {key: value} of the rows that hold on a day; the nearest area above `area` wins, then the latest start. */
export function parametersOn(rows: readonly ParameterRow[], day: string, area: string = PROVINCE): Parameters {
  return Object.fromEntries(standingOn(rows, day, area).map((row) => [row.key, row.value]))
}

/** Where each value of a day comes from, so that a screen can say 演示参数，非政策标准. */
export function sourcesOn(rows: readonly ParameterRow[], day: string, area: string = PROVINCE): Record<string, string> {
  return Object.fromEntries(standingOn(rows, day, area).map((row) => [row.key, row.source]))
}

function standingOn(rows: readonly ParameterRow[], day: string, area: string): ParameterRow[] {
  const areaOf = (row: ParameterRow): string => row.area_code ?? PROVINCE
  return rows
    .filter((row) => row.valid_from_on <= day && (area || PROVINCE).startsWith(areaOf(row)))
    .sort((one, other) => areaOf(one).length - areaOf(other).length || (one.valid_from_on < other.valid_from_on ? -1 : one.valid_from_on > other.valid_from_on ? 1 : 0))
}
