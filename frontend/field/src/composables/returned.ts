import { CODEBOOK } from '../contract/codebook'
import type { Answers, Question, Section } from '../rules/form_shape'
import type { LocalCase } from '../store/cases'
import { form as w, returned as words } from '../strings_case'
import { answerText, findQuestion, memberName, membersOf, shortLabel } from './answer'
import { labelOf } from './words'

export type Fix = {
  id: string; label: string; text: string; now: string; isDone: boolean
  question?: Question; section?: Section; member?: number; photoKind?: string
}
type Target = { key: string; member?: number; photoKind?: string }

/** A comment names a question, a person's question (`members.2.m_work`) or a kind of photo (`photos.room`). */
function targetOf(key: string): Target {
  const [head = '', second = '', third = ''] = key.split(/[.[\]]+/)
  if (head === 'members' && /^\d+$/.test(second)) return { key: third || 'm_name', member: Number(second) }
  const kind = head === 'photos' ? second : head
  if (CODEBOOK.PhotoKind?.some((entry) => entry.code === kind) && !findQuestion(head)) return { key: 'photos', photoKind: kind }
  return head === 'photos' && second ? { key: 'photos', photoKind: second } : { key: head }
}

/** The reviewer's words on one field, with the name. */
export function saidOn(item: LocalCase, key: string, member?: number): string {
  if (!item.returned) return ''
  const own = item.returned.comments.filter((comment) => {
    const target = targetOf(comment.key)
    return target.key === key && (target.member === undefined || target.member === member)
  })
  return own.length ? `${w.reviewer(item.returned.by)}${w.colon}${own.map((comment) => comment.text).join(' ')}` : ''
}

function valueAt(answers: Answers | null, target: Target): unknown {
  if (!answers) return undefined
  if (target.photoKind || target.key === 'photos') {
    const photos = Array.isArray(answers.photos) ? (answers.photos as Answers[]) : []
    const own = photos.filter((photo) => !target.photoKind || photo.kind === target.photoKind)
    return [own.map((photo) => photo.id), (answers.photo_refusals as Answers | undefined)?.[target.photoKind ?? '']]
  }
  if (target.member !== undefined) return membersOf(answers)[target.member]?.[target.key]
  if (target.key.startsWith('m_')) return membersOf(answers).map((member) => member[target.key])
  return answers[target.key]
}

function labelAt(target: Target, answers: Answers): string {
  if (target.photoKind) return w.photoOf(labelOf('PhotoKind', target.photoKind))
  const found = findQuestion(target.key)
  const label = found ? shortLabel(found.question) : words.general
  return target.member === undefined ? label : `${memberName(membersOf(answers)[target.member])} · ${label}`
}

/** What the township sent back, each with whether it was changed since. */
export function fixesOf(item: LocalCase, answers: Answers): Fix[] {
  return (item.returned?.comments ?? []).map((comment, at) => {
    const target = targetOf(comment.key)
    const found = findQuestion(target.key)
    const value = valueAt(answers, target)
    const isDone = JSON.stringify(value) !== JSON.stringify(valueAt(item.last_answers, target))
    const isPlain = found && target.key !== 'photos' && !target.key.startsWith('m_')
    const now = isPlain ? answerText(found.question, value) : target.member !== undefined && found ? answerText(found.question, value) : ''
    return { id: `${comment.key}-${at}`, label: labelAt(target, answers), text: comment.text, now, isDone, ...found, ...target }
  })
}
