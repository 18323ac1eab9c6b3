import { spawn, type ChildProcess } from 'node:child_process'

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

  close(): void {
    this.server.stdin!.end()
  }

  async ask<T = unknown>(op: string, facts: object = {}): Promise<T> {
    const [answer] = await this.send({ op, with: facts })
    return answer.said as T
  }

  async call(request: Request): Promise<Answer> {
    const { body, ...rest } = request
    const [head, bytes] = await this.send({ op: 'http', ...rest }, body)
    return { ...head, body: bytes }
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
