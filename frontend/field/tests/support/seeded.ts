import { inflateRawSync } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import type { Case, DepositKey, User } from '../../src/contract/api'
import { applyChanges } from '../../src/store/cases'
import { openStore, writeOnce } from '../../src/store/db'
import type { Envelope } from '../../src/store/envelope'
import { personOf } from '../../src/store/person_row'
import { deviceId, type Session } from '../../src/store/session'
import { createVault } from '../../src/store/vault'
import { sampleCase } from './sample'

/** Quick in tests; one test takes the real number. */
export const FEW_ITERATIONS = 500
export const PIN = '283746'
export const OTHER_PIN = '918273'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/** The server's side of the deposit key: what the phone seals opens here only. */
export class DepositDesk {
  private constructor(readonly key: DepositKey, private readonly secret: CryptoKey) {}

  static async open(): Promise<DepositDesk> {
    const pair = await suite.kem.generateKeyPair()
    const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
    return new DepositDesk({ id: 'd1', jwk }, pair.privateKey)
  }

  async read(envelope: Envelope): Promise<any> {
    const blob = new Uint8Array(Buffer.from(envelope.sealed!, 'base64url'))
    const info = new TextEncoder().encode(`ruhu-item-1|${envelope.id}|${envelope.kind}`)
    const opened = await suite.open({ recipientKey: this.secret, enc: blob.slice(0, 65), info }, blob.slice(65))
    const plain = new Uint8Array(opened)
    const text = plain[0] === 1 ? inflateRawSync(plain.subarray(1)) : plain.subarray(1)
    return JSON.parse(new TextDecoder().decode(text))
  }
}

/** Somebody who signed in on this phone, without a server. */
export async function seedPerson(user: User, depositKey: DepositKey | null): Promise<Session> {
  const session: Session = { user, receiptKey: {}, deviceId: await deviceId(), formVersion: 1, depositKey }
  await writeOnce(['meta', 'people'], async (tx) => {
    const known = await tx.objectStore('people').get(user.id)
    await tx.objectStore('people').put({ ...personOf(session), vault: known?.vault ?? null })
    await tx.objectStore('meta').put({ key: 'session', value: session })
  })
  return session
}

export async function seedOpenPerson(user: User, desk: DepositDesk, pin = PIN): Promise<void> {
  await seedPerson(user, desk.key)
  await createVault(user.id, pin, FEW_ITERATIONS)
}

export async function seedCases(userId: string, cases: Case[] = [sampleCase()]): Promise<void> {
  await applyChanges(userId, {
    server_time: new Date().toISOString(), epoch: 'epoch-1', cases, gone: [], verdicts: {}, photos: {},
    notices: [], drafts: [],
  })
}

/** Everything in the store as text, bytes as Latin-1 and UTF-8: what somebody with the disk would read. */
export async function rawStore(): Promise<string> {
  const db = await openStore()
  const rows = await Promise.all([...db.objectStoreNames].map((name) => db.getAll(name)))
  return JSON.stringify(rows, (_key, value: unknown) => {
    if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) return value
    const bytes = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return bytes.toString('utf8') + bytes.toString('latin1')
  })
}
