import { FORM } from '../contract/form'
import { checklist, type CheckItem } from '../rules/checklist'
import type { Answers, Section } from '../rules/form_shape'
import { withPeopleToCome } from './people_to_come'

export type SectionState = 'ok' | 'part' | 'none'
export type SectionProgress = { section: Section; state: SectionState; missing: CheckItem[] }
export type Progress = { sections: SectionProgress[]; missing: CheckItem[]; done: number; next: SectionProgress | undefined }

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return Array.isArray(value) && value.length === 0
}

function isTouched(section: Section, answers: Answers): boolean {
  if (section.repeat) return !isEmpty(answers.members)
  return section.questions.some((question) => {
    // Who goes along is known before anybody went.
    if (question.kind === 'people') return false
    if (question.kind === 'photos') return !isEmpty(answers.photos)
    return !isEmpty(answers[question.key])
  })
}

/** Ring, half or tick for every section of the form, and where to go on. */
export function progressOf(answers: Answers): Progress {
  const missing = withPeopleToCome(checklist(FORM, answers), answers)
  const sections = FORM.sections.map((section): SectionProgress => {
    const own = missing.filter((item) => item.section === section.key)
    const needsAny = section.questions.some((question) => question.required)
    const touched = isTouched(section, answers)
    const state = own.length ? (touched ? 'part' : 'none') : touched || needsAny ? 'ok' : 'none'
    return { section, state, missing: own }
  })
  return {
    sections, missing, done: sections.filter((one) => one.state === 'ok').length,
    next: sections.find((one) => one.missing.length > 0),
  }
}
