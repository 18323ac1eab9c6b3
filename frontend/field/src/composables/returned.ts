import { CODEBOOK } from '../contract/codebook'
import type { Answers, Question, Section } from '../rules/form_shape'
import type { LocalCase } from '../store/cases'
import { common } from '../strings'
import { form as w, returned as words } from '../strings_case'
import { answerText, findQuestion, memberName, membersOf, shortLabel } from './answer'
import { entriesOf, entryTitle } from './money'
import { labelOf } from './words'

export type Fix = {
  id: string; label: string; text: string; now: string; before: string; isDone: boolean
  question?: Question; section?: Section; member?: number; entry?: number; photoKind?: string
}
type Target = { key: string; member?: number; entry?: number; photoKind?: string; isWhole?: boolean }

/** A comment names a question, a person or a person's question (`members.2.m_work`), one of a list (`incomes.0`) or a kind of photo (`photos.room`). */
function targetOf(key: string): Target {
  const [head = '', second = '', third = ''] = key.split(/[.[\]]+/)
  if (head === 'members' && /^\d+$/.test(second)) return { key: third || 'm_name', member: Number(second), isWhole: !third }
  if (/^\d+$/.test(second)) return { key: head, entry: Number(second) }
  const kind = head === 'photos' ? second : head
  if (CODEBOOK.PhotoKind?.some((entry) => entry.code === kind) && !findQuestion(head)) return { key: 'photos', photoKind: kind }
  return head === 'photos' && second ? { key: 'photos', photoKind: second } : { key: head }
}

/** The reviewer's words on one field, or on one entry of its list, with the name. */
export function saidOn(item: LocalCase, key: string, member?: number, entry?: number): string {
  if (!item.returned) return ''
  const own = item.returned.comments.filter((comment) => {
    const target = targetOf(comment.key)
    return target.key === key && (target.member === undefined || target.member === member) && target.entry === entry
  })
  const who = w.reviewer(item.returned.by) + w.colon
  const kinds = own.map((comment) => targetOf(comment.key).photoKind)
  // Of a photo, with its kind: the words stand above all of them.
  if (kinds.some(Boolean)) return own.map(({ text }, at) => [labelOf('PhotoKind', kinds[at] ?? ''), who + text].filter(Boolean).join(w.comma)).join(' ')
  return own.length ? who + own.map((comment) => comment.text).join(' ') : ''
}

function valueAt(answers: Answers | null, target: Target): unknown {
  if (!answers) return undefined
  if (target.photoKind || target.key === 'photos') {
    const photos = Array.isArray(answers.photos) ? (answers.photos as Answers[]) : []
    const own = photos.filter((photo) => !target.photoKind || photo.kind === target.photoKind)
    return [own.map((photo) => photo.id), (answers.photo_refusals as Answers | undefined)?.[target.photoKind ?? '']]
  }
  if (target.member !== undefined) return target.isWhole ? membersOf(answers)[target.member] : membersOf(answers)[target.member]?.[target.key]
  if (target.entry !== undefined) return entriesOf(answers, target.key)[target.entry]
  if (target.key.startsWith('m_')) return membersOf(answers).map((member) => member[target.key])
  return answers[target.key]
}

function labelAt(target: Target, answers: Answers): string {
  if (target.photoKind) return w.photoOf(labelOf('PhotoKind', target.photoKind))
  const found = findQuestion(target.key)
  const label = found ? shortLabel(found.question) : words.general
  if (found && target.entry !== undefined) return `${label}${common.dot}${entryTitle(found.question, entriesOf(answers, target.key)[target.entry] ?? {}, target.entry)}`
  if (target.member === undefined) return label
  const name = memberName(membersOf(answers)[target.member])
  return target.isWhole ? name : `${name}${common.dot}${label}`
}

/** How many of what was sent back are still to be changed, section by section. */
export function openFixes(item: LocalCase | null | undefined, answers: Answers): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { section, isDone } of item ? fixesOf(item, answers) : []) {
    if (section && !isDone) counts.set(section.key, (counts.get(section.key) ?? 0) + 1)
  }
  return counts
}

/** What the township sent back, each with whether it was changed since. */
export function fixesOf(item: LocalCase, answers: Answers): Fix[] {
  return (item.returned?.comments ?? []).map((comment, at) => {
    const target = targetOf(comment.key)
    const found = findQuestion(target.key)
    const value = valueAt(answers, target)
    const isDone = JSON.stringify(value) !== JSON.stringify(valueAt(item.last_answers, target))
    const isPlain = found && target.entry === undefined && target.key !== 'photos' && !target.key.startsWith('m_')
    const say = (one: unknown): string => (found && (isPlain || (target.member !== undefined && !target.isWhole)) ? answerText(found.question, one) : '')
    return { id: `${comment.key}-${at}`, label: labelAt(target, answers), text: comment.text, now: say(value), before: say(valueAt(item.last_answers, target)), isDone, ...found, ...target }
  })
}
