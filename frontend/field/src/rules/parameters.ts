// Dated parameters on the phone; the server's are in backend/domain/parameters.py.
import type { Parameters } from './deductions'

/** A value that holds from `valid_from_on` (YYYY-MM-DD) until a later row of the same key begins. */
export type ParameterRow = { key: string; value: unknown; valid_from_on: string; source: string }

/** {key: value} of the rows that hold on a day; of two rows of one day the later in the list. */
export function parametersOn(rows: readonly ParameterRow[], day: string): Parameters {
  return Object.fromEntries(standingOn(rows, day).map((row) => [row.key, row.value]))
}

/** Where each value of a day comes from, so that a screen can say 演示参数，非政策标准. */
export function sourcesOn(rows: readonly ParameterRow[], day: string): Record<string, string> {
  return Object.fromEntries(standingOn(rows, day).map((row) => [row.key, row.source]))
}

function standingOn(rows: readonly ParameterRow[], day: string): ParameterRow[] {
  return rows
    .filter((row) => row.valid_from_on <= day)
    .sort((one, other) => (one.valid_from_on < other.valid_from_on ? -1 : one.valid_from_on > other.valid_from_on ? 1 : 0))
}
