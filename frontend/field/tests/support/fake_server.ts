import { createHash } from 'node:crypto'
import type { Case, ChangesAnswer, Envelope, GivenBackDraft, Notice, Office, Receipt, ToldParameters, ToldWords, Verdict } from '../../src/contract/api'
import { digestOf } from '../../src/sync/pull'
import { receiptText } from '../../src/sync/receipt'
import { isDepositSigned, isSignedBy, Opener } from './opener'
import { USER } from './sample'
import { TusDesk } from './tus_desk'

export type Request = { method: string; path: string; headers: Record<string, string>; body: Uint8Array }
export type Answer = { status: number; headers: Record<string, string>; body: string }
/** What the line does to one request: cut before it arrives, never an end, cut before its answer, or another answer. */
export type Fault = 'drop_before' | 'stall' | 'drop_after' | Answer | undefined

/** Whose an item or photo is; `flag` says why that is not proven. */
export type Claim = { user: string; flag: '' | 'unproven_author' | 'device_revoked' | 'bad_signature' }
type Device = { jwk: JsonWebKey; bound: Set<string>; isRevoked: boolean }
type Asked = {
  known?: Record<string, number>; digest?: string; parameters?: string; items: string[]; drafts_taken?: string[]; office?: string; words?: string
}

/** A second implementation of the protocol, in memory; the network around it can break. */
export class FakeServer {
  readonly tus = new TusDesk(this)
  readonly stored = new Map<string, Envelope[]>()
  readonly claims = new Map<string, Claim>()
  readonly devices = new Map<string, Device>()
  readonly requests: string[] = []
  /** Of request bodies, as they came. */
  bytesTaken = 0
  readonly bodies: { path: string; body: any }[] = []
  fault: (request: Request, count: number) => Fault = () => undefined
  user = USER
  isSignedIn = true
  epoch = 'epoch-1'
  /** What it tells of how far it has come, and what phones told it. */
  mark = ''
  readonly marksHeard: (string | undefined)[] = []
  cases: Case[] = []
  notices: Notice[] = []
  drafts: GivenBackDraft[] = []
  /** Sent to whoever does not have this tag. */
  parameters: ToldParameters | null = null
  office: Office | null = null
  words: ToldWords = { tag: '', books: {} }
  verdicts: Record<string, Verdict> = {}
  clockAheadMs = 0
  refuse: (envelope: Envelope) => boolean = () => false
  /** What the server signs in place of the truth: an honest signature under something else. */
  claim: Partial<Receipt> = {}
  tamper: (receipt: Receipt) => Receipt = (receipt) => receipt
  opener!: Opener
  publicKey!: JsonWebKey
  private keys!: CryptoKeyPair

  async start(): Promise<this> {
    this.opener = await Opener.fresh()
    await this.newReceiptKey()
    return this
  }

  async newReceiptKey(): Promise<void> {
    this.keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    this.publicKey = await crypto.subtle.exportKey('jwk', this.keys.publicKey)
  }

  enrol(deviceId: string, jwk: JsonWebKey, ...bound: string[]): void {
    this.devices.set(deviceId, { jwk, bound: new Set(bound), isRevoked: false })
  }

  /** The server of an older day: it knows nothing that came since. */
  restore(epoch: string): void {
    this.epoch = epoch
    this.stored.clear()
    this.claims.clear()
    this.tus.uploads.clear()
  }

  async answer(request: Request): Promise<Answer> {
    this.marksHeard.push(request.headers['ruhu-mark'])
    const answer = await this.answerTo(request)
    return this.mark && answer.status < 400 ? { ...answer, headers: { ...answer.headers, 'Ruhu-Mark': this.mark } } : answer
  }

  private async answerTo(request: Request): Promise<Answer> {
    const path = request.path.replace(/^\/api\/v1/, '')
    if (path.startsWith('/uploads')) return this.tus.answer(request)
    const body = request.body.length ? JSON.parse(new TextDecoder().decode(request.body)) : null
    this.bodies.push({ path, body })
    const session = this.sessionOf(request)
    if (path === '/inbox') return this.inbox(body.items, session)
    if (path === '/heartbeat' && (session || (await this.isVouched('heartbeat', request)))) {
      return json(200, { server_time: this.now(), epoch: this.epoch })
    }
    if (path === '/inbox/missing' && (await this.isVouched('missing', request))) return json(200, this.missing(body))
    if (!session && !(request.method === 'POST' && path === '/session')) {
      return json(401, { code: 'signed_out', message: '' })
    }
    if (path === '/session') return this.session(request.method, body)
    if (path === '/changes') return json(200, await this.changes(body))
    if (path === '/inbox/missing') return json(200, this.missing(body))
    return json(404, { code: 'not_found', message: '' })
  }

  /** Who is signed in, as far as this request's cookie says. */
  sessionOf(request: Request): string | null {
    return this.isSignedIn && request.headers.cookie !== undefined ? this.user.id : null
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

  /** What a deposited item says, opened by the server's key. */
  async read(id: string): Promise<any> {
    const [envelope] = this.stored.get(id)!
    return JSON.parse(envelope!.payload ?? (await this.opener.openItem(envelope!)).text)
  }

  async claimOf(
    deviceId: string, author: string | null, session: string | null, isSigned: (jwk: JsonWebKey) => Promise<boolean>,
  ): Promise<Claim | null> {
    const device = this.devices.get(deviceId)
    const isProven = device !== undefined && author !== null && (await isSigned(device.jwk))
    if (isProven) {
      return { user: author, flag: device.isRevoked ? 'device_revoked' : device.bound.has(author) ? '' : 'unproven_author' }
    }
    if (session === null) return null
    if (device && author !== null) return { user: session, flag: 'bad_signature' }
    return { user: session, flag: author === null || author === session ? '' : 'unproven_author' }
  }

  isSignedUpload(jwk: JsonWebKey, photo: { id: string; sha256: string }, headers: Record<string, string>): Promise<boolean> {
    const text = ['ruhu-upload-1', photo.id, photo.sha256, headers['ruhu-device'], headers['ruhu-author']].join('\n')
    return isSignedBy(jwk, text, headers['ruhu-signature'] ?? '')
  }

  /** An enrolled phone signed these words for this purpose. */
  private async isVouched(purpose: string, { headers, body }: Request): Promise<boolean> {
    const [phone, author] = [headers['ruhu-device'] ?? '', headers['ruhu-author'] ?? '']
    const hash = createHash('sha256').update(body).digest('hex')
    const device = this.devices.get(phone)
    const text = ['ruhu-words-1', purpose, hash, phone, author].join('\n')
    return device !== undefined && isSignedBy(device.jwk, text, headers['ruhu-signature'] ?? '')
  }

  private session(method: string, body: { password?: string; device?: { id: string } } | null): Answer {
    if (method === 'DELETE') return { status: 204, headers: {}, body: '' }
    if (method === 'POST' && body?.password !== 'right') return json(401, { code: 'bad_credentials', message: '' })
    if (method === 'POST') this.isSignedIn = true
    const device = [...this.devices.values()][0]
    return json(200, {
      user: this.user, server_time: this.now(), receipt_key: this.publicKey, deposit_key: this.opener.depositKey,
      device: { enrolled: device !== undefined, revoked: device?.isRevoked ?? false }, form_version: 1, app_version: 'test',
    })
  }

  private async changes(body: Asked): Promise<object> {
    const head = { server_time: this.now(), epoch: this.epoch }
    const mine = Object.fromEntries(this.cases.map((one) => [one.id, one.revision]))
    if (!body.known && body.digest !== (await digestOf(mine))) return { ...head, stale: true }
    const known = body.known ?? mine
    this.drafts = this.drafts.filter((draft) => !body.drafts_taken?.includes(draft.id))
    return {
      ...head, cases: this.cases.filter((one) => known[one.id] !== one.revision),
      gone: Object.keys(known).filter((id) => !(id in mine)),
      verdicts: Object.fromEntries(Object.entries(this.verdicts).filter(([id]) => body.items.includes(id))),
      photos: {}, notices: this.notices, drafts: this.drafts, parameters: body.parameters === this.parameters?.tag ? null : this.parameters,
      ...(this.office && this.office.digest !== body.office && { office: this.office }),
      ...(this.words.tag !== body.words && { words: this.words }),
    } satisfies ChangesAnswer
  }

  private missing(body: Record<'items' | 'photos', { id: string; sha256: string }[]>): object {
    const isHere = (one: { id: string; sha256: string }): boolean => {
      return (this.stored.get(one.id) ?? []).some((item) => item.sha256 === one.sha256)
    }
    return {
      items: body.items.filter((one) => !isHere(one)).map((one) => one.id),
      photos: body.photos.filter((one) => this.tus.stored(one.id)?.sha256 !== one.sha256).map((one) => one.id),
    }
  }

  private async inbox(items: Envelope[], session: string | null): Promise<Answer> {
    if (items.some((item) => this.refuse(item))) return json(422, { code: 'invalid', message: '改一下再交' })
    const receipts: Receipt[] = []
    const refused: { id: string; code: string; message: string }[] = []
    for (const item of items) {
      const claim = await this.claimOf(item.device_id, item.author, session, (jwk) => isDepositSigned(item, jwk))
      const code = !claim ? 'device_unknown' : contentHash(item) === item.sha256 ? null : 'hash_mismatch'
      if (code) refused.push({ id: item.id, code, message: '' })
      else receipts.push(await this.keep(item, claim!))
    }
    const isTurnedAway = session === null && refused.length === items.length && refused.every((one) => one.code === 'device_unknown')
    if (isTurnedAway) return json(401, { code: 'signed_out', message: '' })
    return json(200, { server_time: this.now(), epoch: this.epoch, receipts, refused })
  }

  private async keep(item: Envelope, claim: Claim): Promise<Receipt> {
    const known = this.stored.get(item.id) ?? []
    const isSame = known.some((one) => one.sha256 === item.sha256)
    if (!isSame) this.stored.set(item.id, [...known, item])
    if (known.length === 0) this.claims.set(item.id, claim)
    return this.sign(item.id, item.sha256, isSame ? 'duplicate' : known.length ? 'conflict' : 'stored')
  }
}

function contentHash(item: Envelope): string {
  const content = item.sealed === null ? Buffer.from(item.payload!) : Buffer.from(item.sealed, 'base64url')
  return createHash('sha256').update(content).digest('hex')
}

export function json(status: number, body: unknown): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

export const PORTAL: Answer = {
  status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>欢迎使用村委会无线网</html>',
}
