// What in a filled 核查表 does not fit together and may still be so; see backend/domain/soft_checks.py.
import { CODEBOOK } from '../contract/codebook'
import { ageOf } from './age'
import { isEmpty, isRecord } from './answer_faults'
import { derivedOf } from './derived'
import type { Answers } from './form_shape'
import { sexOf, shanghaiToday, understandId } from './identity'
import { entriesOf, type Entry } from './income_entries'
import { arePhotosFar } from './stated_times'

export type SoftItem = { code: string; section: string; key: string; member?: number; list?: string; entry?: number }
type Where = Pick<SoftItem, 'member' | 'list' | 'entry'>

const STUDENTS = ['kindergarten', 'primary', 'junior', 'senior', 'vocational', 'college', 'technician', 'university', 'graduate']
const WAGES = ['W1', 'W2', 'W3']
const PENSIONS = ['T1', 'T2']
const OUTGOINGS = ['E1', 'E2', 'E3', 'E4', 'T-']
const AWAY = ['county', 'province', 'outside']
const LEAST_WAGES_FEN = 10_000

/** Findings in the order of the codebook; `declaredSize`: how many people the declaration told of. */
export function softChecks(answers: Answers, today: string = shanghaiToday(), declaredSize: number | null = null): SoftItem[] {
  const members = Array.isArray(answers.members) ? answers.members.filter(isRecord) : []
  const entries = entriesOf(answers).found
  const order = (CODEBOOK.SoftCheck ?? []).map((one) => one.code)
  const found = [
    ...ofMembers(members, entries, today), ...ofRisks(answers, members, entries), ...ofMoney(answers, entries),
    ...ofCounts(answers, members, today), ...ofRest(answers, declaredSize),
  ]
  return found.sort((one, other) => order.indexOf(one.code) - order.indexOf(other.code))
}

/** What a finding is overruled by: its code, with the id of the member or entry it is about (older: its place). */
export function markOf(item: SoftItem, answers: Answers): string {
  const at = item.member ?? item.entry
  if (at === undefined) return item.code
  const listed = answers[item.list ?? 'members']
  const things: unknown[] = Array.isArray(listed) ? listed.filter((one) => item.list || isRecord(one)) : []
  const own = things[at]
  return `${item.code}:${isRecord(own) && typeof own.id === 'string' && own.id ? own.id : at}`
}

/** {mark: reason} of the findings that somebody explained. */
export function overruledOf(answers: Answers): Record<string, string> {
  const given = isRecord(answers.overruled) ? Object.entries(answers.overruled) : []
  return Object.fromEntries(given.flatMap(([mark, why]) => (typeof why === 'string' && why.trim() ? [[mark, why.trim()]] : [])))
}

const item = (code: string, section: string, key: string, where: Where = {}): SoftItem => ({ code, section, key, ...where })
const has = (answers: Answers, key: string, code: string): boolean => Array.isArray(answers[key]) && (answers[key] as unknown[]).includes(code)
/** By what is said of the person; months left over from an earlier answer are asked no more and say nothing. */
const worksForWages = (member: Answers): boolean => member.m_is_living !== 'no' && AWAY.includes(member.m_work as string)
const studies = (member: Answers): boolean => STUDENTS.includes(member.m_schooling as string)

const numberIn = (given: unknown, today: string): string => (typeof given === 'string' ? understandId(given, today).number : '')

function sexIn(member: Answers, today: string): string {
  const number = numberIn(member.m_id_number, today)
  if (number) return sexOf(number)
  return typeof member.m_sex === 'string' ? member.m_sex : ''
}

function ofPapers(member: Answers, at: number, today: string): SoftItem[] {
  const [card, number] = [numberIn(member.m_disability_card, today), numberIn(member.m_id_number, today)]
  const isAway = AWAY.includes(member.m_work as string)
  return [
    ...(isAway && isEmpty(member.m_work_place) !== isEmpty(member.m_work_months) ? [item('place_or_months', 'S2', 'm_work_months', { member: at })] : []),
    ...(studies(member) && !isEmpty(member.m_education) ? [item('education_twice', 'S2', 'm_schooling', { member: at })] : []),
    ...(has(member, 'm_health', 'disabled') && card && number && card !== number ? [item('card_differs', 'S2', 'm_disability_card', { member: at })] : []),
  ]
}

function ofMembers(members: Answers[], entries: Entry[], today: string): SoftItem[] {
  const head = members.filter((one) => one.m_relation === 'head').map((one) => sexIn(one, today)).find(Boolean)
  return members.flatMap((member, at) => {
    if (member.m_is_living === 'no') return []
    const own = (code: string, key: string): SoftItem => item(code, 'S2', key, { member: at })
    const age = ageOf(member, today)
    const earns = entries.some((one) => one.code === 'W1' && one.member !== '' && one.member === member.m_name)
    const hasPension = entries.some((one) => PENSIONS.includes(one.code) && (one.member === '' || one.member === member.m_name))
    const isHealthy = Array.isArray(member.m_health) && member.m_health.length === 1 && member.m_health[0] === 'healthy'
    const isAble = age !== null && age >= 16 && age < 60 && isHealthy && !studies(member)
    const isSmall = age !== null && age >= 6 && age < 16
    const hasNoSchool = member.m_schooling === undefined || member.m_schooling === null || member.m_schooling === '' || member.m_schooling === 'preschool'
    const isOneOf = (...codes: string[]): boolean => codes.includes(member.m_labour as string)
    return [
      ...(member.m_relation === 'spouse' && head && sexIn(member, today) === head ? [own('same_sex_couple', 'm_relation')] : []),
      ...(isAble && isOneOf('none', 'weak', 'lost') ? [own('able_without_labour', 'm_labour')] : []),
      ...(isOneOf('none', 'lost') && (earns || worksForWages(member)) ? [own('no_labour_earns', 'm_labour')] : []),
      ...(isSmall && hasNoSchool ? [own('child_without_school', 'm_schooling')] : []),
      ...(age !== null && age >= 60 && !hasPension ? [own('old_without_pension', 'm_name')] : []),
      ...ofPapers(member, at, today),
    ]
  })
}

function ofRisks(answers: Answers, members: Answers[], entries: Entry[]): SoftItem[] {
  const risks: unknown[] = Array.isArray(answers.risks) ? answers.risks : []
  const canWork = members.some((one) => ['ordinary', 'skilled', 'weak'].includes(one.m_labour as string))
  const isGoodWater = Array.isArray(answers.water_issues) && answers.water_issues.length === 1 && answers.water_issues[0] === 'none'
  const isAmiss: [boolean, SoftItem][] = [
    [risks.includes('disability') && !members.some((one) => has(one, 'm_health', 'disabled')), item('disability_of_nobody', 'S7', 'risks')],
    [risks.includes('schooling') && !members.some(studies), item('schooling_of_nobody', 'S7', 'risks')],
    [risks.includes('job') && !(canWork && (entries.some((one) => one.code === 'W1') || members.some(worksForWages))), item('job_of_nobody', 'S7', 'risks')],
    [risks.includes('housing') && ['a', 'b'].includes(answers.house_grade as string), item('housing_of_good_house', 'S6', 'house_grade')],
    [risks.includes('water') && isGoodWater, item('water_of_good_water', 'S6', 'water_issues')],
    [risks.length > 0 && !risks.includes('illness') && members.some((one) => one.m_insurance === 'none'), item('uninsured_no_illness', 'S7', 'risks')],
  ]
  return isAmiss.flatMap(([isSo, found]) => (isSo ? [found] : []))
}

function ofMoney(answers: Answers, entries: Entry[]): SoftItem[] {
  const wages = entries.filter((one) => WAGES.includes(one.code)).reduce((sum, one) => sum + one.amount, 0)
  const isAnswered = answers.has_income === 'yes' || answers.has_income === 'no'
  const hasTransfer = entries.some((one) => one.code.startsWith('T') && one.code !== 'T-')
  const declared = answers.declared_income_fen
  const total = entries.filter((one) => !OUTGOINGS.includes(one.code)).reduce((sum, one) => sum + one.amount, 0)
  const isChanged = isAnswered && typeof declared === 'number' && declared > 0 && 2 * Math.abs(total - declared) > declared
  const unsaid = entries.filter((one) => one.code === 'W1' && !one.months && one.place)
  return [
    ...(wages > 0 && wages < LEAST_WAGES_FEN ? [item('tiny_wages', 'S3', 'incomes')] : []),
    ...(has(answers, 'current_benefits', 'dibao') && isAnswered && !hasTransfer ? [item('dibao_without_transfer', 'S3', 'incomes')] : []),
    ...(isChanged ? [item('income_changed', 'S3', 'incomes')] : []),
    ...unsaid.map((one) => item('wages_without_months', 'S3', 'i_months', { list: 'incomes', entry: Number(one.place.split('.').pop()) })),
  ]
}

function ofCounts(answers: Answers, members: Answers[], today: string): SoftItem[] {
  const { dropped_out: out, uninsured } = derivedOf(answers, today)
  const { registered_size: registered, dropout_count: dropouts, uninsured_count: bare } = answers
  const isOver = typeof registered === 'number' && registered > 0 && members.length > registered
  return [
    ...(members.length && typeof dropouts === 'number' && dropouts !== out.length ? [item('dropouts_differ', 'S6', 'dropout_count')] : []),
    ...(members.length && typeof bare === 'number' && bare !== uninsured.length ? [item('uninsured_differ', 'S6', 'uninsured_count')] : []),
    ...(isOver ? [item('more_than_registered', 'S1', 'registered_size')] : []),
  ]
}

function ofRest(answers: Answers, declaredSize: number | null): SoftItem[] {
  const phone = answers.interviewee_phone
  const isShort = typeof phone === 'string' && phone.trim() !== '' && !phone.includes('*') && phone.replace(/[^0-9]/g, '').length !== 11
  const size = answers.living_size
  return [
    ...(isShort ? [item('phone_digits', 'S0', 'interviewee_phone')] : []),
    ...(declaredSize && typeof size === 'number' && size !== declaredSize ? [item('size_differs', 'S1', 'living_size')] : []),
    ...(arePhotosFar(answers) ? [item('photos_far', 'S0', 'visited_at')] : []),
  ]
}
