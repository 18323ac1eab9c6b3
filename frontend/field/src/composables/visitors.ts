import type { User } from '../contract/api'
import type { Answers } from '../rules/form_shape'
import type { LocalCase } from '../store/cases'
import { isEmpty } from './progress'
import { session } from './session'
import type { Visitor } from './signing'

const SIGNED_BY = ['signature_visitor_1', 'signature_visitor_2']
/** More would hide the fields for whoever has no account. */
const MOST_COLLEAGUES = 8

/** The signed-in worker and the people assigned to go along, each by account: two may have one name. */
export function expectedVisitors(item: LocalCase, user: User | undefined): Visitor[] {
  const isMe = (one: LocalCase['people'][number]): boolean => (one.user_id ? one.user_id === user?.id : one.name === user?.name)
  const unitOf = (one: { unit?: string } | undefined): string => one?.unit || item.area.township
  const me: Visitor[] = user ? [{ user_id: user.id, name: user.name, unit: unitOf(item.people.find(isMe)), role: user.role_label }] : []
  const others = item.people.filter((one) => !isMe(one))
  return [...me, ...others.map((one): Visitor => ({
    ...(one.user_id ? { user_id: one.user_id } : {}), name: one.name, unit: unitOf(one), role: one.role_label, ...(one.phone ? { phone: one.phone } : {}),
  }))]
}

/** Who can be chosen by account instead of typed: those sent here first, then whom one goes along with elsewhere. */
export function colleagues(item: LocalCase, cases: readonly LocalCase[], user: User | undefined, taken: readonly Visitor[]): Visitor[] {
  const all = [item, ...cases].flatMap((one) => expectedVisitors(one, user)).filter((one) => one.user_id)
  const left = all.filter((one, at) => all.findIndex((other) => other.user_id === one.user_id) === at)
  return left.filter((one) => !taken.some((other) => other.user_id === one.user_id)).slice(0, MOST_COLLEAGUES)
}

/** Another list of visitors: nobody's name stands under another one's ink. */
export function seated(before: readonly Visitor[], after: Visitor[]): Answers {
  const isSame = (one: Visitor | undefined, other: Visitor | undefined): boolean => one?.user_id === other?.user_id && one?.name?.trim() === other?.name?.trim()
  const moved = SIGNED_BY.filter((_, at) => !isSame(before[at], after[at]))
  return { visitors: after, ...Object.fromEntries(moved.map((key) => [key, undefined])) }
}

/** Until somebody says otherwise those go who were sent; they are written down with the first answer. */
export function withVisitors(answers: Answers | undefined, item: LocalCase | null | undefined): Answers {
  return item && isEmpty(answers?.visitors) ? { ...answers, visitors: expectedVisitors(item, session.value?.user) } : { ...answers }
}
