import { FORM } from '../contract/form'
import type { CheckItem } from '../rules/checklist'
import type { Answers, Section } from '../rules/form_shape'
import { isAsked } from '../rules/when'
import { common } from '../strings'
import { form as w } from '../strings_case'
import { sayAnswer, shortLabel } from './answer'
import { entryTitle } from './money'
import { normalAnswers } from './normal'

/** Sections that can be answered in one go, in words; `after` is where the form goes on. */
export type Together = { sections: { key: string; title: string; lines: string[] }[]; changes: Answers; after: Section | undefined }
const LEAST = 2

/** From `section` on, as far as everything that is missing has a usual answer; null when that is hardly more than this one. */
export function usualTogether(section: Section, missing: readonly CheckItem[], answers: Answers, doubted: ReadonlySet<string> = new Set()): Together | null {
  const sections: Together['sections'] = []
  let changes: Answers = {}
  let at = FORM.sections.findIndex((one) => one.key === section.key)
  for (; at >= 0 && at < FORM.sections.length; at += 1) {
    const one = FORM.sections[at]
    const own = missing.filter((item) => item.section === one?.key)
    if (!one || one.repeat || !own.length) break
    const plain = one.questions.filter((question) => !doubted.has(question.key))
    const given = normalAnswers(plain, { ...answers, ...changes })
    if (!own.every((item) => (item.list ?? item.key) in given)) break
    changes = { ...changes, ...given }
    sections.push({ key: one.key, title: one.title, lines: linesOf(one, { ...answers, ...changes }, given) })
  }
  return sections.length >= LEAST ? { sections, changes, after: FORM.sections[at] } : null
}

/** What would be written down, so that it can be read out and agreed to; a number stays with its unit. */
function linesOf(section: Section, answers: Answers, given: Answers): string[] {
  const told = section.questions.filter((question) => question.key in given && isAsked(question.when, answers))
  return told.map((question) => {
    const value = given[question.key]
    if (question.kind === 'entries') return (value as Answers[]).map((entry, at) => entryTitle(question, entry, at)).join(common.join)
    if (question.kind === 'yes_no') return sayAnswer(question, value)
    return w.saidAs(shortLabel(question), sayAnswer(question, value))
  }).map((line) => line.replace(/(\d) /g, '$1\u00a0'))
}
