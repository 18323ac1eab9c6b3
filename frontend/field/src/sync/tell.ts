import { PhoneProblem } from '../problem'
import { sampleServerTime } from '../store/clock'
import { openStore } from '../store/db'
import { readMeta } from '../store/meta'
import { followEpoch } from './epoch'
import { forgetTold, heartbeatOf } from './heartbeat'
import { callApi } from './http'
import { vouchFor } from './vouch'

const PAUSE_MS = 60 * 60_000

/** Whose photos have gone since their counts were told; a phone that locks now must not be listed as holding them. */
const owed = new Set<string>()
let askedAt = -Infinity

export function oweCounts(userId: string): void {
  owed.add(userId)
}

/** Tells what is owed; what fails is owed until the next round, and fails nothing else. */
export async function tellOwedCounts(): Promise<void> {
  for (const author of [...owed]) {
    try {
      await followEpoch(await tellCounts(author))
      owed.delete(author)
    } catch (cause) {
      if (!(cause instanceof PhoneProblem)) throw cause
    }
  }
}

/**
 * Which epoch it is, asked by an enrolled phone that nobody can pull with: its people are signed out, locked, or
 * have left the service, and what they did must come back to a restored server all the same. Hourly, or when asked.
 */
export async function epochByItself(isAsked: boolean): Promise<string | null> {
  if ((await readMeta('is_enrolled')) !== true || (!isAsked && Date.now() - askedAt < PAUSE_MS)) return null
  const author = (await (await openStore()).getAll('items')).find((row) => row.receipt && !row.carried)?.user_id
  if (!author) return null
  askedAt = Date.now()
  try {
    return await tellCounts(author)
  } catch (cause) {
    if (cause instanceof PhoneProblem && cause.code === 'signed_out') return null
    throw cause
  }
}

/**
 * Tells the counts of one person's work by themselves. @returns the server's epoch
 * @throws PhoneProblem signed_out where neither phone nor session is known, or when the line is gone
 */
async function tellCounts(author: string): Promise<string> {
  const body = await heartbeatOf(author)
  forgetTold(author)
  const sentAt = Date.now()
  const headers = await vouchFor('heartbeat', body, author)
  const answer = (await callApi('POST', '/heartbeat', body, { headers })) as Record<string, unknown> | null
  if (typeof answer?.server_time !== 'string' || typeof answer.epoch !== 'string') throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  return answer.epoch
}
