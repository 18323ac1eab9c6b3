import type { PerHeadTold, ToExplain } from '../contract/api'
import { dueAt } from '../rules/deadline'
import type { LocalCase } from '../store/cases'
import { explain as w } from '../strings_explain'
import { yuan } from './answer'
import type { Spoken } from './read_aloud'
import { dayText } from './time'

const LONGEST_REASON = 300

/** The last day to object; the day of the talk does not count. */
export function objectUntil(explain: ToExplain, now: number): string {
  const end = dueAt(now, { limitDays: Math.max(1, explain.objection_days), mode: 'calendar', rollForward: false, isWorkday: {} })
  return dayText(new Date(end.getTime() - 1).toISOString())
}

/** A figure is told only where it is above the line: below it the reason is another one. */
function isAbove(figure: PerHeadTold | null, line: number | null): figure is PerHeadTold {
  return figure !== null && line !== null && figure.per_head_fen > line
}

function reasons(explain: ToExplain): string {
  const { monitor, dibao, monitor_range_fen: range, dibao_standard_fen: standard } = explain
  const told = [
    ...(isAbove(monitor, range) ? [w.monitor(yuan(monitor.per_head_fen), yuan(monitor.total_fen), monitor.people, yuan(range ?? 0))] : []),
    ...(isAbove(dibao, standard) ? [w.dibao(yuan(dibao.per_head_fen), yuan(dibao.total_fen), dibao.people, yuan(standard ?? 0))] : []),
  ]
  const people = monitor?.people ?? dibao?.people
  const head = told.length && people ? w.household(people) : ''
  const reason = explain.reason.trim().slice(0, LONGEST_REASON)
  return head + told.join('') + w.township(/[。！？]$/.test(reason) ? reason : reason + w.sentence)
}

/** What the household is told, in this order: result, why, what is still open, how to object (DOMAIN §5.4). */
export function paragraphsOf(item: LocalCase, open: string, now: number): Spoken[] {
  const { explain } = item
  if (!explain) return []
  return [
    { key: 'result', text: w.result },
    { key: 'why', text: reasons(explain) },
    { key: 'open', text: (open.trim() ? w.open(open.trim()) : '') + w.again },
    { key: 'object', text: w.object(objectUntil(explain, now), explain.unit || w.town, explain.phones.join(w.or)) },
  ]
}

/** Which of the told numbers no document stands behind; '' when there are none. */
export function demoLine(explain: ToExplain): string {
  if (!explain.is_demo) return ''
  const { dibao, monitor, dibao_standard_fen: standard, monitor_range_fen: range } = explain
  const told = [isAbove(dibao, standard) ? standard : null, isAbove(monitor, range) ? range : null].flatMap((fen) => (fen === null ? [] : [yuan(fen)]))
  return told.length ? w.demo(told.join(w.or)) : ''
}

/** What the numbers alone say of the reason; the worker may choose otherwise. */
export function codesOf(explain: ToExplain): string[] {
  return isAbove(explain.monitor, explain.monitor_range_fen) && isAbove(explain.dibao, explain.dibao_standard_fen) ? ['income'] : []
}
