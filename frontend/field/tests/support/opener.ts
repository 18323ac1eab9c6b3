import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { createDecipheriv, createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Envelope } from '../../src/store/envelope'
import { depositText } from '../../src/store/envelope'
import type { DepositKey } from '../../src/store/seal'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const CHUNK = 49_152
const TAG = 16

/** The server's side of sealing, for tests: whoever has the private key reads what phones handed in. */
export class Opener {
  readonly depositKey: DepositKey
  readonly privateJwk: JsonWebKey

  private constructor(id: string, privateJwk: JsonWebKey) {
    const { kty, crv, x, y } = privateJwk
    this.depositKey = { id, jwk: { kty, crv, x, y } as JsonWebKey }
    this.privateJwk = privateJwk
  }

  static async fresh(id = 'd-test1'): Promise<Opener> {
    const pair = await suite.kem.generateKeyPair()
    return new Opener(id, await crypto.subtle.exportKey('jwk', pair.privateKey))
  }

  static of(id: string, privateJwk: JsonWebKey): Opener {
    return new Opener(id, privateJwk)
  }

  async open(blob: Uint8Array, info: string): Promise<Uint8Array<ArrayBuffer>> {
    const { kty, crv, x, y, d } = this.privateJwk
    const recipientKey = await suite.kem.importKey('jwk', { kty, crv, x, y, d } as JsonWebKey, false)
    const plain = await suite.open(
      { recipientKey, enc: bufferOf(blob.subarray(0, 65)), info: new TextEncoder().encode(info) },
      bufferOf(blob.subarray(65)),
    )
    return new Uint8Array(plain)
  }

  /** @returns the flag byte and the text of a sealed item */
  async openItem(envelope: Pick<Envelope, 'id' | 'kind' | 'sealed'>): Promise<{ flag: number; text: string }> {
    const blob = Buffer.from(envelope.sealed!, 'base64url')
    const plain = await this.open(blob, `ruhu-item-1|${envelope.id}|${envelope.kind}`)
    const body = plain[0] === 1 ? inflateRawSync(plain.subarray(1)) : plain.subarray(1)
    return { flag: plain[0]!, text: new TextDecoder().decode(body) }
  }

  async openPhotoKey(photoId: string, sealedKey: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.open(Buffer.from(sealedKey, 'base64url'), `ruhu-photo-1|${photoId}`)
  }
}

/** Written anew from the protocol, not with the phone's own code. */
export function openPhoto(photoId: string, key: Uint8Array, stored: Uint8Array): Buffer {
  const parts: Buffer[] = []
  for (let index = 0; index * CHUNK < stored.length; index += 1) {
    const chunk = stored.subarray(index * CHUNK, (index + 1) * CHUNK)
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(index, 8)
    const cipher = createDecipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(`ruhu-photo-1|${photoId}`))
    cipher.setAuthTag(chunk.subarray(chunk.length - TAG))
    parts.push(cipher.update(chunk.subarray(0, chunk.length - TAG)), cipher.final())
  }
  return Buffer.concat(parts)
}

export function blobHash(envelope: Pick<Envelope, 'sealed'>): string {
  return createHash('sha256').update(Buffer.from(envelope.sealed!, 'base64url')).digest('hex')
}

export async function isSignedBy(jwk: JsonWebKey, text: string, signature: string): Promise<boolean> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signature, 'base64url'), new TextEncoder().encode(text),
  )
}

export async function isDepositSigned(envelope: Envelope, jwk: JsonWebKey): Promise<boolean> {
  return isSignedBy(jwk, depositText(envelope), envelope.signature ?? '')
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
