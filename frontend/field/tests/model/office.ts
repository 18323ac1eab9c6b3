import { spawn, type ChildProcess } from 'node:child_process'
import { gunzipSync } from 'node:zlib'

export type Request = { method: string; path: string; headers: Record<string, string>; body: Uint8Array; from: string }
export type Answer = { status: number; headers: Record<string, string>; body: Buffer }
export type BookItem = {
  id: string; kind: string; user: string; flag: string; verdict: string; reason: string; rows: number; seq: number
  content: any
}
export type Books = {
  items: BookItem[]; photos: { id: string; sha256: string | null; named: string }[]
  all_items: number; same_bytes: number; conflicts: number
  drafts: { user: string; text: string }[]; broken_link: unknown
}
export type Facts = {
  users: { id: string; username: string }[]; password: string; cases: string[]; receipt_key: JsonWebKey
}

type Waiting = Record<'items' | 'photos', { id: string }[]>
export type Bar = { status: number; code: string }

function photoNamed({ headers }: Request): string {
  const named = /(?:^|,)photo_id ([^,]*)/.exec(headers['Upload-Metadata'] ?? '')?.[1] ?? ''
  return Buffer.from(named, 'base64').toString()
}

/** As our own server says it, after everything else it was asked. */
function barredAnswer({ status, code }: Bar): Answer {
  const headers = { 'Content-Type': 'application/json', 'Tus-Resumable': '1.0.0' }
  return { status, headers, body: Buffer.from(JSON.stringify({ code, message: '' })) }
}

/** The real server (tests/faults/rules_server.py), one question at a time. */
export class Office {
  facts!: Facts
  private readonly server: ChildProcess
  private readonly waiting: { resolve(answer: [any, Buffer]): void; reject(cause: Error): void }[] = []
  private parts: Buffer[] = []
  private length = 0
  private ended: Error | null = null

  constructor(python: string, root: string) {
    this.server = spawn(python, ['-m', 'tests.faults.rules_server'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
    this.server.stdout!.on('data', (part: Buffer) => this.take(part))
    this.server.on('exit', (code) => {
      this.ended = new Error(`the server ended: ${code}`)
      this.waiting.splice(0).forEach(({ reject }) => reject(this.ended!))
    })
    this.server.stdin!.on('error', () => null)
  }

  async open(): Promise<this> {
    this.facts = await this.ask<Facts>('facts')
    return this
  }

  /** Of one item or photo the server fails, or has another under its name, until this is lifted. */
  readonly barred = new Map<string, Bar>()
  private readonly photoAt = new Map<string, string>()

  close(): void {
    this.server.stdin!.end()
  }

  async ask<T = unknown>(op: string, facts: object = {}): Promise<T> {
    const [answer] = await this.send({ op, with: facts })
    return answer.said as T
  }

  async call(request: Request): Promise<Answer> {
    const bar = this.barTo(request)
    if (bar) return barredAnswer(bar)
    const { body, ...rest } = request
    const [head, bytes] = await this.send({ op: 'http', ...rest }, body)
    if (head.headers.Location) this.photoAt.set(head.headers.Location, photoNamed(request))
    return { ...head, body: bytes }
  }

  /** From now on the server fails at what waits first there, or has another under its name. */
  bar({ items, photos }: Waiting, { what, bar }: { what: 'item' | 'photo'; bar: Bar }): void {
    const first = (what === 'item' ? items : photos).map(({ id }) => id).sort()[0]
    if (first) this.barred.set(first, what === 'item' ? { status: 500, code: 'server_error' } : bar)
  }

  private barTo(request: Request): Bar | undefined {
    if (this.barred.size === 0) return undefined
    if (request.path.includes('/uploads')) return this.barred.get(photoNamed(request) || (this.photoAt.get(request.path) ?? ''))
    if (!request.path.endsWith('/inbox')) return undefined
    const text = Buffer.from(request.headers['Content-Encoding'] ? gunzipSync(request.body) : request.body).toString()
    return [...this.barred].find(([id]) => text.includes(`"${id}"`))?.[1]
  }

  private send(told: object, body: Uint8Array = new Uint8Array()): Promise<[any, Buffer]> {
    const text = Buffer.from(JSON.stringify(told))
    const lengths = Buffer.alloc(8)
    lengths.writeUInt32BE(text.length)
    lengths.writeUInt32BE(body.length, 4)
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended)
      this.waiting.push({ resolve, reject })
      this.server.stdin!.write(Buffer.concat([lengths, text, body]))
    })
  }

  private take(part: Buffer): void {
    this.parts.push(part)
    this.length += part.length
    while (this.length >= 8) {
      const all = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts)
      this.parts = [all]
      const textLength = all.readUInt32BE(0)
      const end = 8 + textLength + all.readUInt32BE(4)
      if (all.length < end) return
      this.parts = [all.subarray(end)]
      this.length = all.length - end
      const text = JSON.parse(all.subarray(8, 8 + textLength).toString())
      this.waiting.shift()!.resolve([text, all.subarray(8 + textLength, end)])
    }
  }
}
