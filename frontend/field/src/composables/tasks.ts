import type { Leaf } from '../components/DayLeaf.vue'
import type { TagKind } from '../components/StatusTag.vue'
import { daysLeft, deadlineState, rulerPips, type Pip } from '../rules/deadline'
import type { LocalCase } from '../store/cases'
import type { Draft } from '../store/draft_list'
import type { OutboxEntry } from '../store/outbox'
import { common, tasks as w } from '../strings'
import { isUnsent } from './outbox_counts'
import { momentText } from './time'

export type TaskTab = 'todo' | 'returned' | 'visited'
export type Task = {
  item: LocalCase; tab: TaskTab; leaf: Leaf; pips: Pip[]; isFirst: boolean; isToExplain: boolean; left: number
  tag: { kind: TagKind; text: string } | null
  place: string; line: string; strong: string
}
/** How far a draft is: sections done, sections with something open. */
export type Fill = { done: number; open: number }
export type TaskSources = { fills: Map<string, Fill>; outbox: OutboxEntry[]; seen: Set<string>; now: number }

/** The form and its checks are loaded only when a draft is there to be measured. */
export async function fillsOf(drafts: Draft[]): Promise<Map<string, Fill>> {
  if (drafts.length === 0) return new Map()
  const { progressOf } = await import('./progress')
  return new Map(drafts.map(({ caseId, answers }) => {
    const progress = progressOf(answers)
    return [caseId, { done: progress.done, open: progress.sections.filter((one) => one.missing.length > 0).length }]
  }))
}

export function placeText(item: LocalCase): string {
  return item.area.village + item.area.group
}

function newest(entries: OutboxEntry[]): OutboxEntry | undefined {
  return [...entries].sort((a, b) => b.item.savedAt.localeCompare(a.item.savedAt))[0]
}

export function tabOf(item: LocalCase, mine: OutboxEntry | undefined): TaskTab {
  const returnedAt = item.returned?.returned_at
  if (returnedAt && !(mine && mine.item.savedAt > returnedAt)) return 'returned'
  const isOver = ['submitted', 'reviewed', 'routed', 'closed'].includes(item.stage)
  return mine || isOver || item.visits.some((visit) => !visit.superseded) ? 'visited' : 'todo'
}

/** Nothing applies, and nobody has told the household yet, as far as this phone knows. */
export function isToExplain(item: LocalCase, own: OutboxEntry[]): boolean {
  const since = item.explain?.routed_at
  return !!since && !item.gone && !own.some((entry) => entry.item.kind === 'explanation' && entry.item.savedAt > since)
}

export function dayLeaf(item: LocalCase, now: number): Leaf {
  const instant = new Date(now)
  const left = daysLeft(item.due_at, instant)
  const state = deadlineState(item.due_at, instant)
  if (state === 'overdue') return { look: 'over', word: w.over, value: String(-left), unit: w.days, label: w.leafLabel.over(-left) }
  if (left === 0) return { look: 'today', word: common.today, value: w.dueToday, label: w.leafLabel.today }
  return { look: '', word: w.left, value: String(left), unit: w.days, label: w.leafLabel.ok(left) }
}

function visitedLeaf(item: LocalCase, mine: OutboxEntry | undefined): Leaf {
  const visit = item.visits.find((one) => one.is_mine && !one.superseded) ?? item.visits[0]
  const all = mine ? mine.photos.length : visit?.photos_expected ?? 0
  const done = mine ? mine.photos.filter((photo) => photo.state === 'received').length : visit?.photos_stored ?? 0
  const isWaiting = (mine && isUnsent(mine)) || done < all
  if (isWaiting && all) return { look: 'visited', word: w.photosWord, value: w.photosLeaf(done, all), label: w.visitedPhotos(done, all) }
  return { look: isWaiting ? 'visited' : 'got', word: w.visitedLeaf, value: isWaiting ? w.waitingLeaf : w.gotLeaf, label: w.visitedLeaf }
}

function tagOf(item: LocalCase, tab: TaskTab, mine: OutboxEntry | undefined, seen: Set<string>): Task['tag'] {
  if (item.is_urgent) return { kind: 'urgent', text: w.tagUrgent }
  if (item.gone) return { kind: 'done', text: w.tagGone }
  if (tab === 'visited') {
    if (mine?.item.state === 'needs_person') return { kind: 'returned', text: w.tagLook }
    if (mine && isUnsent(mine)) return { kind: 'outbox', text: mine.item.state === 'sending' ? w.tagSending : w.tagOutbox }
    if (!mine && item.visits.some((visit) => visit.is_mine && !visit.superseded && visit.photos_stored < visit.photos_expected)) return null
    // That it arrived, the leaf says.
    return item.stage === 'closed' ? { kind: 'done', text: item.stage_label } : null
  }
  if (item.is_found) return { kind: 'new', text: w.tagFound }
  if (tab === 'todo' && !item.explain && !seen.has(item.id)) return { kind: 'new', text: w.tagNew }
  return item.is_priority ? { kind: 'due', text: w.tagPriority } : null
}

function lineOf(item: LocalCase, tab: TaskTab, own: OutboxEntry[], fill: Fill | undefined): [string, string] {
  const mine = newest(own.filter((entry) => entry.item.kind === 'visit'))
  const visitedAt = item.visits.find((visit) => visit.is_mine)?.visited_at ?? mine?.item.savedAt ?? item.visits[0]?.visited_at
  if (tab === 'visited') return [visitedAt ? w.visitedAt(momentText(visitedAt)) : item.stage_label, '']
  if (tab === 'returned') return [item.returned?.reason ?? '', '']
  if (fill) return fill.open ? [w.filled(fill.done), w.missing(fill.open)] : ['', w.readyToSign]
  const attempt = newest(own.filter((entry) => entry.item.kind === 'attempt'))
  if (attempt) return [w.attempt(momentText(attempt.item.savedAt)), w.notMet]
  return [item.declared.hardship_text || item.declared.risk_label, '']
}

export function taskOf(item: LocalCase, from: TaskSources): Task {
  const own = from.outbox.filter((entry) => entry.item.caseId === item.id)
  const mine = newest(own.filter((entry) => entry.item.kind === 'visit'))
  const toExplain = isToExplain(item, own)
  const tab = toExplain ? 'todo' : tabOf(item, mine)
  const instant = new Date(from.now)
  const left = daysLeft(item.due_at, instant)
  const fixes = Math.max(1, item.returned?.comments.length ?? 0)
  const leaf: Leaf = toExplain ? { look: '', word: w.explainLeaf, value: w.explainValue, label: w.explainLabel } : tab === 'visited' ? visitedLeaf(item, mine)
    : tab === 'returned' ? { look: 'back', word: w.returnedLeaf, value: w.fixes(fixes), label: w.returnedLeaf + w.fixes(fixes) }
      : dayLeaf(item, from.now)
  const [line, strong] = toExplain ? [item.explain?.reason ?? '', ''] : lineOf(item, tab, own, from.fills.get(item.id))
  const size = item.declared.family_size
  return {
    item, tab, leaf, left, line, strong, isToExplain: toExplain, pips: tab === 'todo' && !toExplain ? rulerPips(item.published_at, item.due_at, instant) : [],
    isFirst: !toExplain && (left <= 1 || item.is_urgent), tag: tagOf(item, tab, mine, from.seen),
    place: size ? placeText(item) + common.dot + common.people(size) : placeText(item),
  }
}

const byName = new Intl.Collator('zh')

/** Danger first, then by days left, then by name so that rows keep their places. */
export function byUrgency(a: Task, b: Task): number {
  return Number(b.item.is_urgent) - Number(a.item.is_urgent) || a.left - b.left
    || byName.compare(a.item.applicant.name, b.item.applicant.name)
}
