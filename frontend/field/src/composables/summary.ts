import type { Answers, Question } from '../rules/form_shape'
import { common } from '../strings'
import { finish, form as w, members as memberWords, photos as photoWords } from '../strings_case'
import { answerText, isFinish, isPhotos, memberName, membersOf, shortLabel } from './answer'
import { countText, isWrong } from './lacking'
import { peopleToCome } from './people_to_come'
import { photoKindOf } from './places'
import type { SectionProgress } from './progress'
import { labelOf } from './words'

const MOST_CHARACTERS = 24
const LEAST_NORMAL = 6

function ofMembers(one: SectionProgress, answers: Answers): string {
  const people = membersOf(answers)
  const first = one.missing.find((item) => item.member !== undefined)
  const head = memberWords.count(people.length)
  const toCome = peopleToCome(one.missing, answers)
  if (!first && toCome) return head + w.comma + memberWords.lacks(toCome.lacks)
  if (!first) return one.missing.length ? memberWords.none : head + memberWords.allFull
  const name = memberName(people[first.member ?? 0])
  return head + w.comma + w.memberLeft(name, countText(one.missing.filter((item) => item.member === first.member)))
}

function ofPhotos(one: SectionProgress, answers: Answers): string {
  const taken = Array.isArray(answers.photos) ? answers.photos.length : 0
  const first = one.missing[0]
  const refused = Object.keys((answers.photo_refusals ?? {}) as Answers).length
  if (!first) return [taken || !refused ? photoWords.count(taken) : '', refused ? photoWords.refused(refused, !taken) : ''].filter(Boolean).join(w.comma)
  const label = labelOf('PhotoKind', photoKindOf(first))
  return label && one.missing.length === 1 ? w.missingOne(label) : w.stillMissingPhotos(one.missing.length)
}

function ofSignatures(one: SectionProgress): string {
  const asked = one.section.questions.filter((question) => question.kind === 'signature')
  return finish.signed(asked.length, asked.filter((question) => !one.missing.some((item) => item.key === question.key)).length)
}

/** Every question with a usual answer has it, and there are enough of them to say so. */
function isAllNormal(one: SectionProgress, answers: Answers): boolean {
  const usual = one.section.questions.filter((question) => question.normal !== undefined)
  return usual.length >= LEAST_NORMAL && usual.every((question) => JSON.stringify(answers[question.key]) === JSON.stringify(question.normal))
}

/** 能保障 of food and 能保障 of clothes: the same words answer another question of the section, too. */
function hasTwin(question: Question, one: SectionProgress): boolean {
  return one.section.questions.some((other) => other !== question && !!other.codes && other.codes === question.codes)
}

function given(one: SectionProgress, answers: Answers): string {
  const parts: string[] = []
  for (const question of one.section.questions) {
    const text = ['choice', 'choices', 'text', 'number', 'money', 'entries'].includes(question.kind) ? answerText(question, answers[question.key]) : ''
    if (text && ['number', 'money', 'entries'].includes(question.kind)) parts.push(`${shortLabel(question)} ${text}`)
    else if (text && hasTwin(question, one)) parts.push(`${shortLabel(question)}${w.colon}${text}`)
    else if (text) parts.push(text)
    if (parts.join(common.join).length > MOST_CHARACTERS) break
  }
  return parts.slice(0, 3).join(common.join)
}

/** One line that says what is there or what is missing. */
export function sectionSummary(one: SectionProgress, answers: Answers): string {
  if (one.section.repeat) return ofMembers(one, answers)
  if (isPhotos(one.section)) return ofPhotos(one, answers)
  if (isFinish(one.section)) return ofSignatures(one)
  const first = one.missing[0]
  if (!first && isAllNormal(one, answers)) return w.allNormal
  if (!first) return given(one, answers) || (one.state === 'ok' ? w.complete : common.optional)
  const question = one.section.questions.find((each) => each.key === (first.list ?? first.key))
  if (one.missing.length > 1 || !question) return countText(one.missing)
  return isWrong(first) ? w.wrongOne(shortLabel(question)) : w.missingOne(shortLabel(question))
}
