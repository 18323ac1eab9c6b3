import type { CheckItem } from '../rules/checklist'
import { common } from '../strings'
import { form as w } from '../strings_case'
import { findQuestion, shortLabel } from './answer'

/** What stands there and cannot stay; everything else that blocks has yet to be given. */
const WRONG = new Set([
  'invalid', 'bad_id', 'too_short', 'too_long', 'out_of_range', 'count_differs', 'head_count', 'spouse_count', 'same_person', 'before_start', 'more_than_cost', 'photo_gone',
])
export const isWrong = (item: CheckItem): boolean => WRONG.has(item.code)

export type Counted = { lacks: number; wrong: number }
export function counted(items: readonly CheckItem[]): Counted {
  const wrong = items.filter(isWrong).length
  return { lacks: items.length - wrong, wrong }
}

/** How many are left of each sort, in words. */
export function countText(items: readonly CheckItem[]): string {
  const { lacks, wrong } = counted(items)
  return [lacks ? w.stillMissing(lacks) : '', wrong ? w.stillWrong(wrong) : ''].filter(Boolean).join(w.comma)
}

const labelOf = (item: CheckItem): string => {
  const found = findQuestion(item.key)
  return found ? shortLabel(found.question) : ''
}

function named(items: readonly CheckItem[], most: number, say: (labels: string) => string): string {
  const labels = [...new Set(items.map(labelOf))].filter(Boolean)
  return labels.length ? say(labels.slice(0, most).join(common.join) + (labels.length > most ? w.andMore(labels.length) : '')) : ''
}

/** What is left by name: what has yet to be given, and apart from it what was given and is wrong. */
export function leftText(items: readonly CheckItem[], most = Infinity): string {
  const parts = [named(items.filter((one) => !isWrong(one)), most, w.lacks), named(items.filter(isWrong), most, w.isWrong)]
  return parts.filter(Boolean).join(w.semicolon)
}
