import type { Answer, Request } from './office'

/** What the phone's program finds around it; named as the program names them. */
export const AROUND = [
  'globalThis', 'indexedDB', 'fetch', 'XMLHttpRequest', 'Date', 'navigator', 'CompressionStream',
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval',
] as const

export type Program = typeof import('./phone_program')
export type Locks = { request(...given: unknown[]): Promise<unknown>; free(): void }
/** What a phone's requests go out through; a browser's cookie lies with it. */
export type Network = {
  cookie: string
  call(request: Omit<Request, 'from'>, window: object, withCookie: boolean): Promise<Answer>
  forget(window: object): void
}
export type Start = (...around: unknown[]) => Program

/** One window of a phone: it can be killed at any write and any request, and then does nothing more. */
export class Window {
  readonly program: Program
  readonly died: Promise<'died'>
  isDead = false
  /** Until the password is answered the screen shows nothing else. */
  signingIn: Promise<unknown> | null = null
  /** How many more writes and requests it lives. */
  fuse = Infinity
  private tellDeath!: (how: 'died') => void
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly repeated = new Map<NodeJS.Timeout, { work: () => void; ms: number }>()
  private readonly connections: IDBDatabase[] = []
  private readonly line: Network

  constructor(start: Start, phone: {
    store: IDBFactory; line: Network; clock: DateConstructor; locks: Locks | undefined; canCompress: boolean
  }) {
    this.line = phone.line
    this.died = new Promise((resolve) => {
      this.tellDeath = resolve
    })
    const later = (set: typeof setTimeout | typeof setInterval) => (work: () => void, ms: number) => {
      const timer = set(() => {
        if (!this.isDead) work()
      }, ms) as NodeJS.Timeout
      timer.unref()
      this.timers.add(timer)
      if (set === setInterval) this.repeated.set(timer, { work, ms })
      return timer
    }
    const never = (timer: NodeJS.Timeout): void => {
      clearTimeout(timer)
      this.timers.delete(timer)
      this.repeated.delete(timer)
    }
    const navigator = { locks: this.locksOf(phone.locks) }
    this.program = start(
      { __proto__: globalThis, navigator, crypto, document: undefined }, this.storeOf(phone.store), this.fetch, xhrOf(this), phone.clock, navigator,
      phone.canCompress ? CompressionStream : undefined, later(setTimeout), never, later(setInterval), never,
    )
  }

  kill(): void {
    if (this.isDead) return
    this.isDead = true
    this.timers.forEach((timer) => clearTimeout(timer))
    this.line.forget(this)
    for (const connection of this.connections) {
      const open = (connection as any)._rawDatabase.transactions.filter((tx: any) => tx.db === connection)
      for (const tx of open) if (tx._state === 'active' || tx._state === 'inactive') tx._abort('AbortError')
      connection.close()
    }
    this.tellDeath('died')
  }

  /** So much time has passed: what is done again and again was done meanwhile. */
  pass(ms: number): void {
    if (this.isDead) return
    for (const one of [...this.repeated.values()]) if (one.ms <= ms) one.work()
  }

  /** One write or request more; past the fuse the process is gone at this very point. */
  async step(): Promise<void> {
    if (this.burn()) await new Promise(() => {})
  }

  request(method: string, path: string, headers: Record<string, string>, body: Uint8Array, withCookie: boolean) {
    return this.line.call({ method, path, headers, body }, this, withCookie)
  }

  private burn(): boolean {
    this.fuse -= 1
    if (this.fuse <= 0) this.kill()
    return this.isDead
  }

  private readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    await this.step()
    const body = init.body == null ? new Uint8Array() : Buffer.from(init.body as string)
    const answer = await this.request(init.method!, url, init.headers as Record<string, string>, body, init.credentials !== 'omit')
    await this.step()
    const text = answer.body.toString()
    // The browser keeps cookies to itself.
    const { 'Set-Cookie': _cookies, ...headers } = answer.headers
    return { status: answer.status, ok: answer.status < 400, headers: new Headers(headers), text: async () => text } as Response
  }

  private locksOf(locks: Locks | undefined): object | undefined {
    return locks && { request: (...given: unknown[]) => (this.isDead ? new Promise(() => {}) : locks.request(...given)) }
  }

  private storeOf(factory: IDBFactory): object {
    return {
      open: (name: string, version: number) => {
        if (this.isDead) throw new Error('killed')
        const request = factory.open(name, version)
        request.addEventListener('success', () => this.watch(request.result))
        return request
      },
    }
  }

  private watch(connection: IDBDatabase): void {
    this.connections.push(connection)
    const plain = connection.transaction.bind(connection)
    connection.transaction = (names, mode, options) => {
      if (this.isDead) throw new Error('killed')
      const isWrite = mode === 'readwrite'
      if (isWrite && this.burn()) throw new Error('killed')
      const tx = plain(names, mode, options)
      // On disk, and nobody has been told: the listener is the first one.
      if (isWrite) tx.addEventListener('complete', (event) => this.burn() && event.stopImmediatePropagation())
      return tx
    }
  }
}

/** As much of XMLHttpRequest as tus asks for. */
function xhrOf(window: Window) {
  return class {
    status = 0
    responseText = ''
    upload: { onprogress?: (event: object) => void } = {}
    onload?: () => void
    onerror?: (cause: unknown) => void
    private method = ''
    private url = ''
    private readonly sent: Record<string, string> = {}
    private received: Record<string, string> = {}
    private isAborted = false

    open(method: string, url: string): void {
      this.method = method
      this.url = url
    }

    setRequestHeader(name: string, value: string): void {
      this.sent[name] = value
    }

    getResponseHeader(name: string): string | null {
      return this.received[name.toLowerCase()] ?? null
    }

    abort(): void {
      this.isAborted = true
    }

    send(body: Uint8Array | null): void {
      void this.travel(body ?? new Uint8Array()).catch((cause) => {
        if (!this.isAborted && !window.isDead) this.onerror?.(cause)
      })
    }

    private async travel(body: Uint8Array): Promise<void> {
      await window.step()
      this.upload.onprogress?.({ lengthComputable: true, loaded: body.length })
      const answer = await window.request(this.method, new URL(this.url, 'http://ruhu.test').pathname, this.sent, body, true)
      await window.step()
      this.status = answer.status
      this.responseText = answer.body.toString()
      this.received = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]))
      if (!this.isAborted) this.onload?.()
    }
  }
}
