import { time as w } from '../strings'

const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000
const DAY_MS = 24 * 3600 * 1000

type Wall = { year: number; month: number; day: number; weekday: number; hour: number; minute: number }

function wall(instant: string | number | Date): Wall {
  const at = new Date(new Date(instant).getTime() + SHANGHAI_OFFSET_MS)
  return {
    year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: at.getUTCDay(),
    hour: at.getUTCHours(), minute: at.getUTCMinutes(),
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** A day goes to the next line as a whole; this is for whoever does not set it in lines: a voice, another app, the office. */
export const withoutJoiners = (text: string): string => text.split(w.joiner).join('')

/** 7月9日, in Asia/Shanghai whatever the phone's own zone. */
export function dayText(instant: string): string {
  const at = wall(instant)
  return w.day(at.month, at.day)
}

export function clockText(instant: string): string {
  const at = wall(instant)
  return `${two(at.hour)}:${two(at.minute)}`
}

/** As an input of day and clock has it, in Asia/Shanghai: 2026-07-09T15:20. */
export function wallText(instant: number): string {
  return `${isoDay(instant)}T${clockText(new Date(instant).toISOString())}`
}

/** Day and clock, 今天 for the day that is. */
export function momentText(instant: string, now: number = Date.now()): string {
  const clock = clockText(instant)
  return isoDay(instant) === isoDay(now) ? `${w.today} ${clock}` : `${dayText(instant)} ${clock}`
}

/** The last day of a limit that ends at 24:00, with its weekday. */
export function lastDayText(dueAt: string): string {
  const at = wall(new Date(dueAt).getTime() - 1)
  return w.dayWithWeekday(at.month, at.day, at.weekday)
}

/** YYYY-MM-DD in Asia/Shanghai. */
export function isoDay(instant: string | number | Date): string {
  const at = wall(instant)
  return `${at.year}-${two(at.month)}-${two(at.day)}`
}

/** YYYY-MM-DD → 2009年3月6日. */
export function dateText(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? w.date(year, month, date) : day
}

/** YYYY-MM-DD → 2022年7月. */
export function monthText(day: string): string {
  return w.month(Number(day.slice(0, 4)), Number(day.slice(5, 7)))
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(isoDay(to)) - Date.parse(isoDay(from))) / DAY_MS)
}
