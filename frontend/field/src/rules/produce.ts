// 亩数 × 亩产 × 单价: what a crop or a herd comes to; the same vectors run against backend/domain/produce.py.
import { FACTORS } from '../contract/income'
import type { Answers, Question } from './form_shape'
import { MOST_FEN, whole } from './income_entries'

const HUNDRED = 100

/** In fen; null while a factor lacks or cannot be, and where it is no crop or herd. `parts`: what an income asks. */
export function produceOf(parts: readonly Question[], entry: Answers): number | null {
  const factors = factorsOf(parts, entry)
  let [amount, divisor] = [1, 1]
  for (const { key, max = 0, fraction } of factors) {
    const part = fraction ? hundredths(entry[key], max) : whole(entry[key], max)
    if (part === null) return null
    amount *= part
    divisor *= fraction ? HUNDRED : 1
  }
  const found = Math.floor((2 * amount + divisor) / (2 * divisor))
  return factors.length && found <= MOST_FEN ? found : null
}

/** What the line is counted from, the price last; [] where it is no crop or herd. */
export function factorsOf(parts: readonly Question[], entry: Answers): Question[] {
  const keys = typeof entry.i_code === 'string' ? FACTORS[entry.i_code] ?? [] : []
  return keys.flatMap((key) => parts.filter((one) => one.key === key))
}

function hundredths(value: unknown, most: number): number | null {
  return typeof value === 'number' && value >= 0 && value <= most ? Math.floor(value * HUNDRED + 0.5) : null
}
