export type DeadlineState = 'ok' | 'soon' | 'today' | 'overdue'
/** One box of the five-day ruler. */
export type Pip = 'gone' | 'today' | 'left' | 'over'
/** Calendar days (Asia/Shanghai) until due_at; 0 = due today, negative = overdue. */
export function daysLeft(_dueAt: string, _now: Date | string): number {
  return 0
}
export function deadlineState(_dueAt: string, _now: Date | string): DeadlineState {
  return 'ok'
}
export function rulerPips(_publishedAt: string, _dueAt: string, _now: Date | string): Pip[] {
  return []
}
