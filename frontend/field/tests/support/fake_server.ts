import { createHash } from 'node:crypto'
import type { Case, ChangesAnswer, Envelope, Receipt, Verdict } from '../../src/contract/api'
import { receiptText } from '../../src/sync/receipt'
import { USER } from './sample'
import { TusDesk } from './tus_desk'

export type Request = { method: string; path: string; headers: Record<string, string>; body: Uint8Array }
export type Answer = { status: number; headers: Record<string, string>; body: string }
/** What the line does to one request: cut before it arrives, cut before its answer, or another answer. */
export type Fault = 'drop_before' | 'drop_after' | Answer | undefined

/** A second implementation of the protocol, in memory; the network around it can break. */
export class FakeServer {
  readonly tus = new TusDesk((id, sha256, outcome) => this.sign(id, sha256, outcome))
  readonly stored = new Map<string, Envelope[]>()
  readonly requests: string[] = []
  readonly bodies: { path: string; body: any }[] = []
  fault: (request: Request, count: number) => Fault = () => undefined
  user = USER
  isSignedIn = true
  cases: Case[] = []
  verdicts: Record<string, Verdict> = {}
  clockAheadMs = 0
  refuse: (envelope: Envelope) => boolean = () => false
  /** What the server signs in place of the truth: an honest signature under something else. */
  claim: Partial<Receipt> = {}
  tamper: (receipt: Receipt) => Receipt = (receipt) => receipt
  private keys!: CryptoKeyPair
  publicKey!: JsonWebKey

  async start(): Promise<this> {
    this.keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    this.publicKey = await crypto.subtle.exportKey('jwk', this.keys.publicKey)
    return this
  }

  async answer(request: Request): Promise<Answer> {
    const path = request.path.replace(/^\/api\/v1/, '')
    if (!this.isSignedIn && !(request.method === 'POST' && path === '/session')) {
      return json(401, { code: 'signed_out', message: '' })
    }
    if (path.startsWith('/uploads')) return this.tus.answer(request)
    const body = request.body.length ? JSON.parse(new TextDecoder().decode(request.body)) : null
    this.bodies.push({ path, body })
    if (path === '/session') return this.session(request.method, body)
    if (path === '/changes') return json(200, this.changes(body))
    if (path === '/inbox') return this.inbox(body.items)
    return json(404, { code: 'not_found', message: '' })
  }

  now(): string {
    return new Date(Date.now() + this.clockAheadMs).toISOString()
  }

  async sign(id: string, sha256: string, outcome: Receipt['outcome']): Promise<Receipt> {
    const facts = { id, sha256, outcome, receipt_no: '3F7A-91C2', received_at: this.now(), ...this.claim }
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' }, this.keys.privateKey, new TextEncoder().encode(receiptText(facts)),
    )
    return this.tamper({ ...facts, signature: Buffer.from(signature).toString('base64url') })
  }

  private session(method: string, body: { password?: string } | null): Answer {
    if (method === 'DELETE') return { status: 204, headers: {}, body: '' }
    if (method === 'POST' && body?.password !== 'right') return json(401, { code: 'bad_credentials', message: '' })
    if (method === 'POST') this.isSignedIn = true
    return json(200, {
      user: this.user, server_time: this.now(), receipt_key: this.publicKey, form_version: 1, app_version: 'test',
    })
  }

  private changes(body: { known: Record<string, number>; items: string[] }): ChangesAnswer {
    const verdicts = Object.entries(this.verdicts).filter(([id]) => body.items.includes(id))
    return {
      server_time: this.now(), epoch: 'epoch-1',
      cases: this.cases.filter((one) => body.known[one.id] !== one.revision),
      gone: Object.keys(body.known).filter((id) => !this.cases.some((one) => one.id === id)),
      verdicts: Object.fromEntries(verdicts), photos: {},
    }
  }

  private async inbox(items: Envelope[]): Promise<Answer> {
    if (items.some((item) => this.refuse(item))) return json(422, { code: 'invalid', message: '改一下再交' })
    const receipts: Receipt[] = []
    const refused: unknown[] = []
    for (const item of items) {
      if (createHash('sha256').update(item.payload!).digest('hex') !== item.sha256) {
        refused.push({ id: item.id, code: 'hash_mismatch', message: '' })
        continue
      }
      const known = this.stored.get(item.id) ?? []
      const isSame = known.some((one) => one.sha256 === item.sha256)
      if (!isSame) this.stored.set(item.id, [...known, item])
      receipts.push(await this.sign(item.id, item.sha256, isSame ? 'duplicate' : known.length ? 'conflict' : 'stored'))
    }
    return json(200, { server_time: this.now(), receipts, refused })
  }
}

export function json(status: number, body: unknown): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

export const PORTAL: Answer = {
  status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>欢迎使用村委会无线网</html>',
}
