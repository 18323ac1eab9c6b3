import type { ChangesAnswer } from '../contract/api'
import { PhoneProblem } from '../problem'
import { sha256Hex } from '../store/canonical'
import { applyChanges, knownRevisions } from '../store/cases'
import { sampleServerTime } from '../store/clock'
import { openStore } from '../store/db'
import { readMeta } from '../store/meta'
import { noteTakenDraftsTold, takeBackDrafts, takenDraftIds } from '../store/recovered'
import { newsOf } from './heartbeat'
import { callApi } from './http'

/** Up to here the revisions themselves are hardly longer than their digest, and save a second request. */
const MOST_KNOWN = 40

type Revisions = Record<string, number>

/** So long a list that was asked for ahead is as good as a new one. */
const AHEAD_MS = 2 * 60_000

/** What the server says while its person is still choosing a PIN; in memory only. */
let ahead: { userId: string; at: number; answer: Promise<unknown> } | null = null

/** Notices of the last answer, safe on this phone: said in the next pull. Forgotten, they only come again. */
const keptNotices = new Map<string, string[]>()

/**
 * Brings an unlocked person's cases, verdicts, notices and given-back drafts up to date.
 * @returns the server's epoch
 * @throws PhoneProblem locked, or when the line or the session is gone
 */
export async function pullChanges(userId: string): Promise<string> {
  const told = await takenDraftIds(userId)
  const kept = keptNotices.get(userId) ?? []
  const answer = (await takeAhead(userId)) ?? (await askNow(userId, told, kept))
  if (!isChanges(answer)) throw new PhoneProblem('not_our_server')
  await applyChanges(userId, answer)
  keptNotices.set(userId, (answer.notices ?? []).map((notice) => notice.id))
  if (told.length > 0) await noteTakenDraftsTold(userId, told)
  if (answer.drafts?.length) await takeBackDrafts(userId, answer.drafts)
  return answer.epoch
}

/** Asks for the list of somebody who just signed in and has no PIN yet: by the time it is chosen, it is here. */
export async function askAhead(userId: string): Promise<void> {
  if (ahead?.userId === userId && Date.now() - ahead.at < AHEAD_MS) return
  const asking = askNow(userId, [], [])
  ahead = { userId, at: Date.now(), answer: asking.catch(() => null) }
  await asking
}

async function takeAhead(userId: string): Promise<unknown> {
  const taken = ahead
  ahead = null
  return taken?.userId === userId && Date.now() - taken.at < AHEAD_MS ? taken.answer : null
}

async function askNow(userId: string, told: string[], kept: string[]): Promise<unknown> {
  const known = await knownRevisions(userId)
  const news = await newsOf(userId)
  const rest = {
    parameters: (await readMeta('parameters'))?.[userId]?.tag ?? '',
    items: await itemsWithoutVerdict(userId), ...(news.heartbeat && { heartbeat: news.heartbeat }),
    office: (await readMeta('offices'))?.[userId]?.digest ?? '', words: (await readMeta('words'))?.[userId]?.tag ?? '',
    ...(told.length > 0 && { drafts_taken: told }), ...(kept.length > 0 && { notices_taken: kept }),
  }
  const isShort = Object.keys(known).length <= MOST_KNOWN
  const answer = await askChanges({ ...(isShort ? { known } : { digest: await digestOf(known) }), ...rest })
  const whole = isStale(answer) ? await askChanges({ known, ...rest }) : answer
  news.keep()
  return whole
}

async function askChanges(body: object): Promise<unknown> {
  const sentAt = Date.now()
  const answer = (await callApi('POST', '/changes', body)) as { server_time?: unknown } | null
  if (typeof answer?.server_time !== 'string') throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  return answer
}

/** One line per case; the server makes the same of what it would send. */
export async function digestOf(known: Revisions): Promise<string> {
  const ids = Object.keys(known).sort()
  return sha256Hex(ids.map((id) => `${id}:${known[id]}\n`).join(''))
}

async function itemsWithoutVerdict(userId: string): Promise<string[]> {
  const rows = await (await openStore()).getAllFromIndex('items', 'by_user', userId)
  const isOpen = (verdict: string | undefined): boolean => {
    return verdict === undefined || verdict === 'pending' || verdict === 'needs_review' || verdict === 'quarantined'
  }
  return rows.filter((row) => row.receipt && !row.carried && isOpen(row.verdict?.verdict)).map((row) => row.id)
}

function isStale(answer: unknown): boolean {
  return (answer as { stale?: unknown } | null)?.stale === true
}

function isChanges(answer: unknown): answer is ChangesAnswer {
  const candidate = answer as Partial<ChangesAnswer> | null
  return Array.isArray(candidate?.cases) && Array.isArray(candidate.gone)
    && typeof candidate.verdicts === 'object' && candidate.verdicts !== null
    && typeof candidate.epoch === 'string'
}
