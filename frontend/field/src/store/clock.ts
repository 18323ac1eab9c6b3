import { readMeta, writeMeta } from './meta'

const SKEW_LIMIT_MS = 10 * 60 * 1000
const BELIEVED_MS = 60 * 60 * 1000

/**
 * Remembers how far the server's clock is ahead of this phone's, in ms.
 * `sentAt` and `answeredAt` are device times (ms) around the request.
 */
export async function sampleServerTime(serverTime: string, sentAt: number, answeredAt: number): Promise<void> {
  const server = Date.parse(serverTime)
  if (Number.isNaN(server)) return
  const offset = Math.round(server - (sentAt + answeredAt) / 2)
  await writeMeta('clock', { offset_ms: offset, sampled_at: new Date(answeredAt).toISOString() })
}

/** Server clock minus device clock in ms; 0 before the first contact. */
export async function serverOffsetMs(): Promise<number> {
  return (await readMeta('clock'))?.offset_ms ?? 0
}

export function isSkewed(offsetMs: number): boolean {
  return Math.abs(offsetMs) > SKEW_LIMIT_MS
}

/**
 * The server's time, if the server told it within the last hour; null otherwise, since a clock that jumped
 * after that would be believed.
 */
export async function toldServerTime(): Promise<Date | null> {
  const sample = await readMeta('clock')
  if (!sample || Math.abs(Date.now() - Date.parse(sample.sampled_at)) > BELIEVED_MS) return null
  return new Date(Date.now() + sample.offset_ms)
}
