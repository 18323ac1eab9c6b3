import type { PhoneProblem } from '../problem'

/** Why the server did not take something. `tries`: how often it failed at it; absent when it judged. */
export type Refusal = { code: string; message: string; at: string; tries?: number }

/** What was refused is tried again, but not with every contact. */
const LONGEST_PAUSE_MS = 60 * 60_000
const FIRST_PAUSE_MS = 60_000
/** So often the server may fail before the person is asked, and before an upload is begun anew. */
const MOST_FAULTS = 3

type Told = Pick<PhoneProblem, 'serverCode' | 'serverMessage'> & { code?: string; isServerFault?: boolean }

export function refusalOf(why: Told, before: Refusal | null): Refusal {
  return {
    code: why.serverCode ?? why.code ?? 'rejected', message: why.serverMessage ?? '', at: new Date().toISOString(),
    ...(why.isServerFault && { tries: (before?.tries ?? 0) + 1 }),
  }
}

/** A fault of the server's may pass by itself; one that lasts, and each judgement, is for the person to see. */
export function asksPerson(refused: Refusal): boolean {
  return refused.tries === undefined || refused.tries >= MOST_FAULTS
}

export function isRefusalOver(refused: Refusal): boolean {
  const pause = refused.tries === undefined ? LONGEST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refused.tries - 1))
  return refused.at < new Date(Date.now() - pause).toISOString()
}

/** What was never refused first, then what has waited longest. */
export function byRefusal(left: { refused: Refusal | null }, right: { refused: Refusal | null }): number {
  return (left.refused?.at ?? '').localeCompare(right.refused?.at ?? '')
}
