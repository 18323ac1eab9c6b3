import { LIMITS } from '../contract/limits'
import type { LocalCase } from '../store/cases'
import { extension as w } from '../strings_explain'
import { dayText, isoDay, lastDayText } from './time'
import { overLong } from './typed'

/** `until`: YYYY-MM-DD, '' while none is chosen. */
export type ExtensionWish = { isAsked: boolean; until: string; why: string }
export const NO_WISH: ExtensionWish = { isAsked: false, until: '', why: '' }

/** Results of a walk that the township looks into before anybody goes again. */
const NO_RETURN = ['unknown', 'deceased', 'moved', 'not_declarer']
export const isNoReturn = (result: string): boolean => NO_RETURN.includes(result)

const DAY_MS = 86_400_000

/** 24:00 of a day in China, as an instant. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS).toISOString()
}

/** The first day after the limit. */
export const earliestDay = (item: LocalCase): string => isoDay(item.due_at)
export const latestDay = (item: LocalCase): string => isoDay(Date.parse(item.due_at) + LIMITS.extension_days * DAY_MS - 1)

export function asksLater(item: LocalCase, wish: ExtensionWish): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(wish.until) && wish.until >= earliestDay(item) && wish.until <= latestDay(item)
}

/** Why the chosen day cannot be asked for, '' while none is chosen or it can. */
export function dayFault(item: LocalCase, wish: ExtensionWish): string {
  if (!wish.until || asksLater(item, wish)) return ''
  return wish.until < earliestDay(item) ? w.early(dayText(earliestDay(item))) : w.tooFar(dayText(latestDay(item)))
}

/** What the county said to the last request, '' while there was none. */
export function extensionAnswer({ extension: told }: LocalCase): string {
  if (!told) return ''
  const day = lastDayText(told.until_at)
  return told.state === 'asked' ? w.asked(day) : told.state === 'approved' ? w.approved(day) : [w.refused, told.note].filter(Boolean).join(w.colon)
}

/** Who is late stays late: the county is asked before the limit ends, and not again while it has not answered. */
export const mayExtend = (item: LocalCase, isAsking: boolean, now: number): boolean =>
  Date.parse(item.due_at) > now && !isAsking && item.extension?.state !== 'asked'

/** What a wish still lacks: words for the bar, for its button, and where that is; null when nothing does. */
export function extensionNeed(item: LocalCase, wish: ExtensionWish): { why: string; button: string; field: string } | null {
  if (!wish.isAsked) return null
  const fault = dayFault(item, wish)
  if (fault) return { why: fault, button: w.mendDay, field: 'extension-until' }
  if (!asksLater(item, wish)) return { why: w.needDay, button: w.chooseDay, field: 'extension-until' }
  const why = wish.why.trim() ? overLong(wish.why, LIMITS.extension_reason) : w.needWhy
  return why ? { why, button: wish.why.trim() ? w.mendWhy : w.fillWhy, field: 'extension-why' } : null
}
