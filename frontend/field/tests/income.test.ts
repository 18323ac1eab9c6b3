import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../src/rules/form_shape'
import { incomeOf, windowOf, type FigureName, type Parameters } from '../src/rules/income'

type Row = [string, string, number, number[], string, string, string]
type Case = {
  name: string; day: string; set: Answers; drop: string[]; parameters: Parameters
  expected: Record<string, unknown> & { per_head_fen: Record<FigureName, number | null>; steps?: Record<FigureName, Row[]> }
}
type Vectors = {
  windows: { day: string; from_on: string; to_on: string }[]
  answers: Answers; parameters: Parameters; cases: Case[]
}
// The same file runs against backend/domain/income.py.
const FILE = new URL('../../../tests/vectors/income.json', import.meta.url)
const all = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors

describe('income', () => {
  test.each(all.windows)('the twelve months before $day', ({ day, from_on, to_on }) => {
    expect(windowOf(day)).toEqual({ from_on, to_on })
  })
  test.each(all.cases)('$name', (one) => {
    const answers: Answers = { ...all.answers, ...one.set }
    for (const key of one.drop) delete answers[key]
    const income = incomeOf(answers, { ...all.parameters, ...one.parameters }, one.day)
    const { per_head_fen: perHead, steps = {}, ...rest } = one.expected
    expect(income).toMatchObject(rest)
    expect(income.missing).toEqual(rest.missing)
    for (const [name, expected] of Object.entries(perHead)) {
      expect(income[name as FigureName]?.per_head_fen ?? null).toBe(expected)
    }
    for (const [name, rows] of Object.entries(steps)) {
      expect(income[name as FigureName]!.steps.map((s) =>
        [s.code, s.sign, s.amount_fen, s.parts_fen, s.reason, s.clause, s.parameter])).toEqual(rows)
    }
  })
})
