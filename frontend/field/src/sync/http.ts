import type { Problem } from '../contract/api'
import { PhoneProblem } from '../problem'
import { compress } from '../store/compress'
import { keepMark, MARK_HEADER, markHeaders } from './mark'

let patienceMs = 90_000
/** Below this a body hardly gets smaller. */
const WORTH_PACKING = 1_000
let base = '/api/v1'
let answers = 0

/** Another server than this page's own; for tests and tools. */
export function setApiBase(url: string): void {
  base = url
}

/** How long a call may take that names no time of its own; for tests. */
export function setPatience(ms: number): void {
  patienceMs = ms
}

/** How often our server has answered since the start; a portal's page is not our server. */
export function answerCount(): number {
  return answers
}

export function apiUrl(path: string): string {
  return base + path
}

/** `withoutCookie`: what proves itself by a signature must not come in under whoever is signed in. */
export type CallOptions = { withoutCookie?: boolean; headers?: Record<string, string>; patienceMs?: number }

/**
 * One JSON call. Only JSON counts as an answer: what a hotel's or a village hall's login page says,
 * whatever its status, is `not_our_server` and ends nothing.
 * @throws PhoneProblem offline, not_our_server, server_unavailable, signed_out, bad_credentials,
 *   locked_out, rejected
 */
export async function callApi(
  method: string, path: string, body?: unknown, options: CallOptions = {},
): Promise<unknown> {
  const response = await send(method, path, body, options)
  await keepMark(response.headers.get(MARK_HEADER))
  const answer = response.status === 204 ? null : await readJson(response)
  if (response.status < 500) answers += 1
  if (response.ok) return answer
  throw problemOf(response, answer as Problem | null)
}

async function send(method: string, path: string, body: unknown, options: CallOptions): Promise<Response> {
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(), Math.max(options.patienceMs ?? 0, patienceMs))
  const headers: Record<string, string> = { Accept: 'application/json', ...(await markHeaders()), ...options.headers }
  if (method !== 'GET') headers['X-Ruhu'] = '1'
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const packed = await pack(body, headers)
  try {
    const response = await fetch(apiUrl(path), {
      method, headers, credentials: options.withoutCookie ? 'omit' : 'same-origin', cache: 'no-store',
      redirect: 'error', signal: cut.signal, ...(packed !== undefined && { body: packed }),
    })
    // The body is read under the same timer: a line may die after the head arrived.
    const text = await response.text()
    const init = { status: response.status, headers: response.headers }
    return response.status === 204 ? new Response(null, init) : new Response(text, init)
  } catch (cause) {
    throw new PhoneProblem('offline', { cause, isSlow: cut.signal.aborted })
  } finally {
    clearTimeout(timer)
  }
}

/** A village's network pays by the byte. */
async function pack(body: unknown, headers: Record<string, string>): Promise<BodyInit | undefined> {
  if (body === undefined) return undefined
  const text = JSON.stringify(body)
  if (text.length < WORTH_PACKING) return text
  const packed = await compress(new TextEncoder().encode(text), 'gzip')
  if (!packed) return text
  headers['Content-Encoding'] = 'gzip'
  return packed
}

async function readJson(response: Response): Promise<unknown> {
  const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '')
  try {
    if (isJson) return await response.json()
  } catch (cause) {
    if (response.ok) throw new PhoneProblem('not_our_server', { cause })
  }
  if (response.status >= 500) return null
  throw new PhoneProblem('not_our_server')
}

function problemOf(response: Response, answer: Problem | null): PhoneProblem {
  const details = {
    ...(typeof answer?.code === 'string' && { serverCode: answer.code }),
    ...(typeof answer?.message === 'string' && { serverMessage: answer.message }),
    ...retryAfterOf(response.headers.get('Retry-After')),
  }
  if (response.status === 401) {
    return new PhoneProblem(answer?.code === 'bad_credentials' ? 'bad_credentials' : 'signed_out', details)
  }
  if (answer?.code === 'locked_out') return new PhoneProblem('locked_out', details)
  const isServerFault = response.status >= 500 && details.serverCode !== undefined
  if (response.status >= 500 || response.status === 429) return new PhoneProblem('server_unavailable', { ...details, isServerFault })
  return new PhoneProblem('rejected', details)
}

export function retryAfterOf(header: string | null): { retryAfterMs?: number } {
  const seconds = Number(header)
  return header && Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}
