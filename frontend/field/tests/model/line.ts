import type { Answer, Office, Request } from './office'

/** What becomes of one request. `late`: a second copy arrives after all else; `held`: it waits for a later step. */
export type Fault = 'ok' | 'before' | 'after' | 'twice' | 'late' | 'held' | 'portal' | '502' | 'forged' | 'torn'

export const FAULTS: Fault[] = ['before', 'after', 'twice', 'late', 'held', 'portal', '502', 'forged', 'torn']

const portal = (status: number): Answer => ({
  status, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<html>欢迎使用村委会无线网</html>'),
})

/** One phone's network: each request meets the next fault of `plan`; a browser's cookies go with it. */
export class Line {
  plan: Fault[] = []
  readonly injected: Record<string, number> = {}
  /** Sent by two windows at the same time, which the lock is there to prevent. */
  twoSenders = 0
  cookie = ''
  private held: (() => void)[] = []
  private readonly late: Request[] = []
  private readonly sending = new Map<object, number>()
  private wakeHeld: () => void = () => {}
  private readonly office: Office
  private readonly from: string

  constructor(office: Office, from: string) {
    this.office = office
    this.from = from
  }

  /** Resolves as soon as some request is being held. */
  untilHeld(): Promise<'held'> {
    return new Promise((resolve) => {
      this.wakeHeld = () => resolve('held')
    })
  }

  get isHolding(): boolean {
    return this.held.length > 0
  }

  release(): void {
    const held = this.held
    this.held = []
    held.forEach((go) => go())
  }

  /** The copies that took the long way arrive, in another order. */
  async deliverLate(): Promise<void> {
    for (const request of this.late.splice(0).reverse()) await this.office.call(request)
  }

  /** @throws Error where the line breaks */
  async call(request: Omit<Request, 'from'>, window: object, withCookie: boolean): Promise<Answer> {
    const isSend = request.method !== 'GET' && /\/(inbox|uploads)(\/|$)/.test(request.path) && !request.path.endsWith('missing')
    if (isSend) this.noteSender(window, 1)
    try {
      return await this.travel({ ...request, from: this.from }, withCookie)
    } finally {
      if (isSend) this.noteSender(window, -1)
    }
  }

  /** A window that was killed sends no more. */
  forget(window: object): void {
    this.sending.delete(window)
  }

  private async travel(request: Request, withCookie: boolean): Promise<Answer> {
    const fault = this.plan.shift() ?? 'ok'
    if (fault !== 'ok') this.injected[fault] = (this.injected[fault] ?? 0) + 1
    if (withCookie && this.cookie) request.headers = { ...request.headers, Cookie: this.cookie }
    if (fault === 'before') throw new Error('cut before')
    if (fault === 'portal') return portal(200)
    if (fault === '502') return portal(502)
    if (fault === 'forged') return forged(request)
    if (fault === 'held') await this.hold()
    if (fault === 'twice') await this.office.call(request)
    if (fault === 'late') this.late.push(request)
    const answer = await this.office.call(request)
    if (fault === 'after') throw new Error('cut after')
    if (withCookie) this.cookie = cookieAfter(answer, this.cookie)
    return fault === 'torn' ? { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) } : answer
  }

  private hold(): Promise<void> {
    return new Promise((resolve) => {
      this.held.push(resolve)
      this.wakeHeld()
    })
  }

  private noteSender(window: object, by: number): void {
    const count = (this.sending.get(window) ?? 0) + by
    if (count > 0) this.sending.set(window, count)
    else this.sending.delete(window)
    if (this.sending.size > 1) this.twoSenders += 1
  }
}

/** The cookies that a browser has after this answer; several that are set stand in lines. */
export function cookieAfter(answer: Answer, before: string): string {
  const jar = new Map(before.split('; ').filter(Boolean).map((pair) => [pair.split('=', 1)[0]!, pair]))
  for (const set of (answer.headers['Set-Cookie'] ?? '').split('\n').filter(Boolean)) {
    const pair = set.split(';', 1)[0]!
    const name = pair.split('=', 1)[0]!
    if (/max-age=0/i.test(set) || pair.endsWith('=')) jar.delete(name)
    else jar.set(name, pair)
  }
  return [...jar.values()].join('; ')
}

/** Somebody between phone and server says what the server would say, and cannot sign it. */
function forged(request: Request): Answer {
  const isUpload = request.path.includes('/uploads')
  const facts = { outcome: 'stored', receipt_no: '0000-0000', received_at: new Date().toISOString(), signature: 'A'.repeat(86) }
  if (isUpload) {
    const named = /(?:^|,)sha256 ([^,]*)/.exec(request.headers['Upload-Metadata'] ?? '')?.[1] ?? ''
    const id = /(?:^|,)photo_id ([^,]*)/.exec(request.headers['Upload-Metadata'] ?? '')?.[1] ?? ''
    const plain = (text: string): string => Buffer.from(text, 'base64').toString()
    const receipt = Buffer.from(JSON.stringify({ id: plain(id), sha256: plain(named), ...facts })).toString('base64')
    const headers = { 'Tus-Resumable': '1.0.0', 'Ruhu-Receipt': receipt, Location: '/api/v1/uploads/0', 'Upload-Offset': '0' }
    return { status: request.method === 'POST' ? 201 : 204, headers, body: Buffer.alloc(0) }
  }
  const items: { id: string; sha256: string }[] = request.path.endsWith('/inbox') ? asked(request).items ?? [] : []
  const receipts = items.map(({ id, sha256 }) => ({ id, sha256, ...facts }))
  const body = JSON.stringify({ server_time: new Date().toISOString(), epoch: 'forged', receipts, refused: [] })
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(body) }
}

function asked(request: Request): any {
  try {
    return JSON.parse(Buffer.from(request.body).toString())
  } catch {
    return {}
  }
}
