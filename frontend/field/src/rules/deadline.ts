// 预警信息发布后的5日内: the same vectors run against backend/domain/deadline.py.

export type DeadlineState = 'ok' | 'soon' | 'today' | 'overdue'
/** One box of the ruler. */
export type Pip = 'gone' | 'today' | 'left' | 'over'
export type CountMode = 'calendar' | 'workdays'

const DAY_MS = 86_400_000
// China keeps one clock all year, so its days are plain arithmetic on any phone.
const SHANGHAI_MS = 8 * 3_600_000
/** The rest of the last days is told from here on. */
const SOON_DAYS = 2

type Instant = Date | string | number

/** Number of the day in China, counted from 1970-01-01. */
function dayOf(instant: Instant): number {
  const time = instant instanceof Date ? instant.getTime() : typeof instant === 'string' ? Date.parse(instant) : instant
  return Math.floor((time + SHANGHAI_MS) / DAY_MS)
}

function lastDayOf(dueAt: Instant): number {
  const time = dueAt instanceof Date ? dueAt.getTime() : typeof dueAt === 'string' ? Date.parse(dueAt) : dueAt
  return dayOf(time - 1)
}

/** Days until the last day: 0 on it, negative once it has gone by. */
export function daysLeft(dueAt: Instant, now: Instant): number {
  return lastDayOf(dueAt) - dayOf(now)
}

export function deadlineState(dueAt: Instant, now: Instant): DeadlineState {
  const left = daysLeft(dueAt, now)
  if (left < 0) return 'overdue'
  if (left === 0) return 'today'
  return left <= SOON_DAYS ? 'soon' : 'ok'
}

/** One box per day after the publication, then one per day past the end (at most as many again). */
export function rulerPips(publishedAt: Instant, dueAt: Instant, now: Instant): Pip[] {
  const first = dayOf(publishedAt) + 1
  const last = lastDayOf(dueAt)
  const today = dayOf(now)
  const pips: Pip[] = []
  for (let day = first; day <= last; day += 1) {
    pips.push(day < today ? 'gone' : day === today ? 'today' : 'left')
  }
  const over = Math.min(Math.max(0, today - last), pips.length)
  return [...pips, ...Array<Pip>(over).fill('over')]
}

export type DueRule = {
  limitDays: number
  mode: CountMode
  /** An end on a day off moves to the next working day. */
  rollForward: boolean
  /** Days (YYYY-MM-DD) that differ from Monday to Friday. */
  isWorkday: Readonly<Record<string, boolean>>
}

/** The instant at which the limit is over: 24:00 in China of its last day. @throws RangeError */
export function dueAt(publishedAt: Instant, rule: DueRule): Date {
  if (rule.limitDays < 1) throw new RangeError('a limit is at least one day')
  let day = dayOf(publishedAt)
  for (let left = rule.limitDays; left > 0;) {
    day += 1
    if (rule.mode === 'calendar' || isWorkday(day, rule)) left -= 1
  }
  while (rule.rollForward && !isWorkday(day, rule)) day += 1
  return new Date((day + 1) * DAY_MS - SHANGHAI_MS)
}

function isWorkday(day: number, rule: DueRule): boolean {
  const date = new Date(day * DAY_MS)
  const weekday = date.getUTCDay()
  return rule.isWorkday[date.toISOString().slice(0, 10)] ?? (weekday !== 0 && weekday !== 6)
}
