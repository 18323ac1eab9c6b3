import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { RULEBOOK, SHIPPED_PARAMETERS } from '../src/contract/rules'
import type { Answers } from '../src/rules/form_shape'
import type { Parameters } from '../src/rules/income'
import { parametersOn, sourcesOn } from '../src/rules/parameters'
import { suggest } from '../src/rules/suggestion'

type Case = {
  name: string; day: string; set: Answers; drop: string[]; parameters: Parameters; hints: unknown[]
}
// The same file runs against backend/domain/suggestion.py; tests/domain/suggestion_cases.yaml tells it in words.
const FILE = new URL('../../../tests/vectors/suggestion.json', import.meta.url)
const all = JSON.parse(readFileSync(FILE, 'utf8')) as { answers: Answers; cases: Case[] }

describe('hints', () => {
  test.each(all.cases)('$name', (one) => {
    const answers: Answers = { ...all.answers, ...one.set }
    for (const key of one.drop) delete answers[key]
    const parameters = { ...parametersOn(SHIPPED_PARAMETERS, one.day), ...one.parameters }
    const told = suggest(answers, parameters, one.day, RULEBOOK)
    expect(told.map(({ rule, verdict, reasons, missing, parameters: used }) =>
      [rule, verdict, reasons.map(({ test: name, isMet, compared }) => [name, isMet, compared]), missing, used],
    )).toEqual(one.hints)
    expect(told.every((hint) => hint.clause && hint.reasons.every((reason) => reason.says))).toBe(true)
  })
})

describe('dated parameters', () => {
  const row = (value: number, from: string, source = 'x') => ({ key: 'k', value, valid_from_on: from, source })
  test('the latest row that has begun holds', () => {
    const rows = [row(3, '2025-01-01'), row(1, '2023-01-01'), row(2, '2024-01-01', 'y')]
    expect(parametersOn(rows, '2024-12-31')).toEqual({ k: 2 })
    expect(sourcesOn(rows, '2024-01-01')).toEqual({ k: 'y' })
    expect(parametersOn(rows, '2022-12-31')).toEqual({})
  })
  test('what is shipped says that it is a demo', () => {
    expect(sourcesOn(SHIPPED_PARAMETERS, '2023-07-10').dibao_standard_fen).toMatch(/^演示参数，非政策标准/)
  })
})
