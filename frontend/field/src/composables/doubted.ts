import type { LocalCase } from '../store/cases'
import { declaredWords } from '../strings_case'

const DECLARED: [RegExp, readonly string[]][] = [
  [declaredWords.house, ['has_houses', 'houses', 'house_grade', 'house_defects', 'is_only_house']],
  [declaredWords.water, ['water_source', 'water_issues']],
  [declaredWords.food, ['food', 'clothing']],
  [declaredWords.school, ['dropout_count']],
  [declaredWords.costs, ['has_expenses']],
  [declaredWords.income, ['is_income_down']],
]
const IN_DANGER = ['food', 'clothing', 'house_grade', 'house_defects', 'is_only_house', 'is_urgent']
/** A roster had something of this household. */
const ON_A_ROSTER = ['current_benefits']
const NOWHERE = ['', 'M9']

/** Keys of the questions whose usual answer would contradict what the office knows of this household. */
export function doubtedIn(item: Pick<LocalCase, 'declared' | 'is_urgent' | 'comparison'> | null | undefined): ReadonlySet<string> {
  if (!item) return new Set()
  const words = item.declared.hardship_text + item.declared.risk_label
  return new Set([
    ...DECLARED.flatMap(([said, keys]) => (said.test(words) ? keys : [])),
    ...(item.is_urgent ? IN_DANGER : []),
    ...(NOWHERE.includes(item.comparison.code) ? [] : ON_A_ROSTER),
  ])
}
