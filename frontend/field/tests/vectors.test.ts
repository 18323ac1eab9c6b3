import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FORM } from '../src/contract/form'
import { softChecks, type SoftItem } from '../src/rules/soft_checks'
import { derivedOf, type Derived } from '../src/rules/derived'
import { checklist, type CheckItem } from '../src/rules/checklist'
import { daysLeft, deadlineState, dueAt, type CountMode } from '../src/rules/deadline'
import type { Answers } from '../src/rules/form_shape'
import { ageOn, birthOf, sexOf, understandId } from '../src/rules/identity'
import { produceOf } from '../src/rules/produce'
import { parametersOn, sourcesOn, type ParameterRow } from '../src/rules/parameters'
import { maskId, maskName, maskPhone } from '../src/rules/masking'

// The same files run against the server's rules.
const FOLDER = new URL('../../../tests/vectors/', import.meta.url)

function vectors<T>(name: string): T {
  const file = new URL(`${name}.json`, FOLDER)
  if (!existsSync(file)) throw new Error(`tests/vectors/${name}.json is missing`)
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

type IdentityVectors = {
  today: string
  ids: { raw: unknown; number: string; fault: string; sex?: string; birth_on?: string }[]
  ages: { birth_on: string; on: string; age: number }[]
}
const identity = vectors<IdentityVectors>('identity')
const typed = identity.ids.filter((one) => typeof one.raw === 'string')

test('identity vectors are there', () => expect(typed.length).toBeGreaterThan(30))
test.each(typed)('ID $raw', ({ raw, number, fault, sex, birth_on }) => {
  expect(understandId(raw as string, identity.today)).toEqual({ number, fault })
  if (number && sex) expect(sexOf(number)).toBe(sex)
  if (number && birth_on) expect(birthOf(number)).toBe(birth_on)
})
test.each(identity.ages)('born $birth_on, on $on', ({ birth_on, on, age }) => {
  expect(ageOn(birth_on, on)).toBe(age)
})

describe('masking', () => {
  type Masked = { plain: string; masked: string }
  const all = vectors<Record<'names' | 'ids' | 'phones', Masked[]>>('masking')
  test.each(all.names)('name $plain', ({ plain, masked }) => expect(maskName(plain)).toBe(masked))
  test.each(all.ids)('ID $plain', ({ plain, masked }) => expect(maskId(plain)).toBe(masked))
  test.each(all.phones)('phone $plain', ({ plain, masked }) => expect(maskPhone(plain)).toBe(masked))
})

describe('deadline', () => {
  type Due = {
    name: string; published_at: string; limit_days: number; mode: CountMode
    roll_forward: boolean; exceptions: Record<string, boolean>; due_at: string
  }
  type Left = { name: string; due_at: string; now: string; days_left: number; state?: string }
  const all = vectors<{ due: Due[]; left: Left[] }>('deadline')
  test.each(all.due)('$name', (one) => {
    const rule = {
      limitDays: one.limit_days, mode: one.mode, rollForward: one.roll_forward, isWorkday: one.exceptions,
    }
    expect(dueAt(one.published_at, rule).getTime()).toBe(Date.parse(one.due_at))
  })
  test.each(all.left)('$name', ({ due_at, now, days_left, state }) => {
    expect(daysLeft(due_at, now)).toBe(days_left)
    if (state) expect(deadlineState(due_at, now)).toBe(state)
  })
})

describe('checklist', () => {
  type Check = { name: string; set: Answers; drop: string[]; expected: CheckItem[]; version?: number }
  const all = vectors<{ today: string; base: Answers; cases: Check[] }>('checklist')
  test.each(all.cases)('$name', ({ set, drop, expected, version }) => {
    const answers: Answers = { ...all.base, ...set }
    for (const key of drop) delete answers[key]
    expect(checklist(FORM, answers, all.today, version)).toEqual(expected)
  })
})

describe('what other answers tell', () => {
  const all = vectors<{ today: string; cases: { name: string; answers: Answers; expected: Derived }[] }>('derived')
  test.each(all.cases)('$name', ({ answers, expected }) => {
    expect(derivedOf(answers, all.today)).toEqual(expected)
  })
})

describe('what a crop comes to', () => {
  const all = vectors<{ cases: { name: string; entry: Answers; expected: number | null }[] }>('produce')
  const parts = FORM.sections.flatMap((one) => [...one.questions]).find((one) => one.key === 'incomes')!.entry!
  test.each(all.cases)('$name', ({ entry, expected }) => {
    expect(produceOf(parts, entry)).toBe(expected)
  })
})

describe('soft checks', () => {
  type Check = { name: string; set: Answers; declared_size?: number; expected: SoftItem[] }
  const { base } = vectors<{ base: Answers }>('checklist')
  const all = vectors<{ today: string; cases: Check[] }>('soft_checks')
  test.each(all.cases)('$name', ({ set, declared_size: size, expected }) => {
    expect(softChecks({ ...base, ...set }, all.today, size ?? null)).toEqual(expected)
  })
})

describe('parameters', () => {
  type Chosen = { name: string; area: string; day: string; value: unknown; source: string | null }
  const all = vectors<{ rows: ParameterRow[]; cases: Chosen[] }>('parameters')
  test.each(all.cases)('$name', ({ area, day, value, source }) => {
    expect(parametersOn(all.rows, day, area).line ?? null).toBe(value)
    expect(sourcesOn(all.rows, day, area).line ?? null).toBe(source)
  })
})
