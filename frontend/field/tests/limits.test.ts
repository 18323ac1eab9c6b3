import { describe, expect, test } from 'vitest'
import { readTyped } from '../src/composables/typed'
import { FORM } from '../src/contract/form'
import { faultOf, leastOf, mostOf } from '../src/rules/answer_faults'
import type { Question } from '../src/rules/form_shape'

const DAY = '2026-07-08'
const questions = (FORM.sections as readonly { questions: readonly Question[] }[]).flatMap((section) => section.questions.flatMap((one) => [one, ...(one.entry ?? [])]))
const of = (...kinds: string[]): [string, Question][] => questions.filter((one) => kinds.includes(one.kind)).map((one) => [one.key, one])
const FEN = 100

describe('each field has the limits of the form', () => {
  test('of which there are some of every kind', () => {
    for (const kinds of [['number'], ['money'], ['text', 'long_text'], ['choices']]) expect(of(...kinds).length).toBeGreaterThan(5)
  })
  test.each(of('number', 'money'))('%s: what is above or below is refused, and said while it is typed', (_, question) => {
    const [least, most] = [leastOf(question), mostOf(question, DAY)]
    expect([typeof least, typeof most]).toEqual(['number', 'number'])
    const shown = (value: number): string => String(question.kind === 'money' ? value / FEN : value)
    for (const value of [least!, most!]) expect([value, faultOf(question, value, DAY), readTyped(question, shown(value), DAY).why]).toEqual([value, null, ''])
    for (const value of [least! - 1, most! + 1]) {
      expect([value, faultOf(question, value, DAY)]).toEqual([value, 'out_of_range'])
      expect(readTyped(question, shown(value), DAY).why, String(value)).not.toBe('')
    }
  })
  test.each(of('text', 'long_text'))('%s: as long as there is room', (_, question) => {
    expect(question.max_length).toBeGreaterThan(0)
    expect(faultOf(question, '马'.repeat(question.max_length!), DAY)).toBeNull()
    expect(faultOf(question, '马'.repeat(question.max_length! + 1), DAY)).toBe('too_long')
  })
})
