import type { LocalCase } from '../store/cases'

/** What was declared in these words is asked at the door, never answered with the usual in one tap. */
const DECLARED: [RegExp, readonly string[]][] = [
  [/[房屋墙窑梁]|塌|漏|裂|烧|着火|失火|洪|雹|滑坡|地震/, ['has_houses', 'houses', 'house_grade', 'house_defects', 'is_only_house']],
  [/水|井|窖/, ['water_source', 'water_issues']],
  [/吃不|没吃|粮|断顿|烧|着火|失火|被褥|衣/, ['food', 'clothing']],
  [/学/, ['dropout_count']],
  [/住院|看病|手术|药|医|治|学费|欠/, ['has_expenses']],
  [/收入|挣|工钱|失业|没活/, ['is_income_down']],
]
const IN_DANGER = ['food', 'clothing', 'house_grade', 'house_defects', 'is_only_house', 'is_urgent']
/** 曾享受、姓名相同身份证不同 …: a roster had something of this household. */
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
