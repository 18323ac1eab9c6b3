import type { RouteLocationRaw } from 'vue-router'
import { FORM } from '../contract/form'
import type { CheckItem } from '../rules/checklist'
import type { Answers, Section } from '../rules/form_shape'
import { common } from '../strings'
import { finish, form as w } from '../strings_case'
import { money } from '../strings_money'
import { findQuestion, isFinish, isPhotos, memberName, membersOf, shortLabel } from './answer'
import { labelOf } from './words'

export function sectionPlace(caseId: string, section: Section, query: Record<string, string> = {}): RouteLocationRaw {
  return isFinish(section) ? { name: 'finish', params: { id: caseId }, query } : { name: 'section', params: { id: caseId, section: section.key }, query }
}

export function neighbour(section: Section, step: 1 | -1): Section | undefined {
  return FORM.sections[FORM.sections.findIndex((one) => one.key === section.key) + step]
}

/** Photo checks name the kind after a dot: `photos.water`. */
export function photoKindOf(item: CheckItem): string {
  return item.key.startsWith('photos.') ? item.key.slice('photos.'.length) : item.key === 'photos' ? item.code : ''
}

/** One missing thing in words, with the name of the person it belongs to. */
export function missingText(item: CheckItem, answers: Answers): string {
  const kind = photoKindOf(item)
  const photo = kind && labelOf('PhotoKind', kind)
  if (photo) return w.photoOf(photo)
  const problem = w.wrong[item.code]
  const found = findQuestion(item.key)
  const label = found ? shortLabel(found.question) : ''
  const who = item.member === undefined ? entryText(item) : memberName(membersOf(answers)[item.member])
  return [who, problem ? `${label}${problem}` : label].filter(Boolean).join(common.dot) || finish.readyMore
}

function entryText(item: CheckItem): string {
  const listed = item.list === undefined ? undefined : findQuestion(item.list)?.question
  return listed && item.entry !== undefined ? money.entryOf(listed.label, item.entry + 1, listed.unit ?? '') : ''
}

/** Where that thing is put right. */
export function missingPlace(caseId: string, item: CheckItem): RouteLocationRaw {
  const section = FORM.sections.find((one) => one.key === item.section)
  if (!section) return { name: 'case', params: { id: caseId } }
  const query: Record<string, string> = { fix: isPhotos(section) ? photoKindOf(item) : item.key }
  if (item.member !== undefined) query.member = String(item.member)
  if (item.list !== undefined) Object.assign(query, { list: item.list, entry: String(item.entry) })
  return sectionPlace(caseId, section, query)
}
