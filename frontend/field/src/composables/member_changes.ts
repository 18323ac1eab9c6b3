import { CODEBOOK } from '../contract/codebook'
import { derivedOf } from '../rules/derived'
import type { Answers, Question } from '../rules/form_shape'
import { readCard, readId } from '../rules/identity'
import { isEmpty } from './progress'

/** An answer about a person, and what it settles of the others; `before`: people as they were known. */
export function memberChanges(questions: readonly Question[], member: Answers, key: string, value: unknown, before: readonly Answers[] = []): Answers {
  const changes: Answers = { [key]: value }
  for (const { key: other, follows } of questions) {
    if (!follows || follows[0] !== key) continue
    const [meant, before] = [follows[1][String(value)], follows[1][String(member[key])]]
    if (meant !== undefined && isEmpty(member[other])) changes[other] = meant
    if (meant === undefined && before !== undefined && member[other] === before) changes[other] = undefined
  }
  // The number tells both; a birthday of the number before must not stay behind.
  if (key === 'm_id_number' && typeof value === 'string' && readId(value)) Object.assign(changes, { m_birth_on: undefined, m_sex: undefined })
  // A masked number tells neither: whoever writes the old one again gets back what was known beside it.
  const same = key === 'm_id_number' && typeof value === 'string' && value.includes('*') ? before.find((one) => one[key] === value) : undefined
  for (const told of ['m_birth_on', 'm_sex']) if (same && isEmpty(member[told]) && !isEmpty(same[told])) changes[told] = same[told]
  if (key === 'm_schooling' && value && value !== 'dropped_out') changes.m_education = undefined
  return changes
}

/** A disability card, typed as such or in place of the ID number, taken apart; nothing when there is none. */
export function cardChanges(member: Answers): Answers {
  const typed = [member.m_id_number, member.m_disability_card].find((one): one is string => typeof one === 'string' && readCard(one) !== null)
  const card = typed && readCard(typed)
  if (!card) return {}
  const kind = CODEBOOK.DisabilityKind?.[card.kind - 1]?.code
  const health = Array.isArray(member.m_health) ? member.m_health.filter((one) => one !== 'healthy' && one !== 'disabled') : []
  const isInPlace = typed === member.m_id_number || isEmpty(member.m_id_number)
  const changes: Answers = {
    m_disability_card: typed, m_disability_kind: kind, m_disability_level: card.level, m_health: [...health, 'disabled'],
    ...(isInPlace && { m_id_number: card.number, m_birth_on: undefined, m_sex: undefined }),
  }
  const isNew = Object.entries(changes).some(([key, value]) => JSON.stringify(member[key]) !== JSON.stringify(value))
  return isNew ? changes : {}
}

const COUNTS = [['dropout_count', 'dropped_out'], ['uninsured_count', 'uninsured']] as const

/** The counts that members tell follow them, unless somebody counted otherwise. */
export function countsAfter(before: Answers, changes: Answers): Answers {
  if (!('members' in changes)) return {}
  const [old, now] = [derivedOf(before), derivedOf({ ...before, ...changes })]
  return Object.fromEntries(COUNTS.filter(([key, of]) => isEmpty(before[key]) || before[key] === old[of].length).map(([key, of]) => [key, now[of].length]))
}

export function isCounted(key: string, answers: Answers): boolean {
  const of = COUNTS.find(([count]) => count === key)?.[1]
  return !!of && derivedOf(answers)[of].length === answers[key] && Array.isArray(answers.members)
}
