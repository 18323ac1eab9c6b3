import { FORM } from '../contract/form'
import type { Answers } from '../rules/form_shape'
import { withIds } from '../rules/own_ids'
import { newId } from '../store/ids'

const LISTS = ['members', ...FORM.sections.flatMap((section) => section.questions).filter((one) => one.kind === 'entries').map((one) => one.key)]

/** A member or an entry before anybody said anything of it. */
export const blankOne = (): Answers => ({ id: newId() })

/** Nothing was said of it yet. */
export const isBlank = (one: Answers): boolean => Object.keys(one).every((key) => key === 'id')

export const identified = (answers: Answers): Answers => withIds(answers, LISTS, newId)
