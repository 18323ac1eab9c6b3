import type { DepositKey } from '../contract/api'
import { toBase64Url } from './base64'
import { compress } from './compress'

export type { DepositKey }

const PLAIN = 0
const DEFLATED = 1

/** Not needed for the first screen; fetched behind it, so that it is in memory before anything is typed. */
export function loadSealing(): Promise<typeof import('@hpke/core')> {
  return import('@hpke/core')
}

/** HPKE (RFC 9180), base mode: once sealed, this phone cannot read it either. */
export async function sealTo(
  depositKey: DepositKey, info: string, plaintext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await loadSealing()
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
  })
  const { kty, crv, x, y } = depositKey.jwk
  const recipientPublicKey = await suite.kem.importKey('jwk', { kty, crv, x, y } as JsonWebKey, true)
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: new TextEncoder().encode(info) }, plaintext)
  const blob = new Uint8Array(enc.byteLength + ct.byteLength)
  blob.set(new Uint8Array(enc))
  blob.set(new Uint8Array(ct), enc.byteLength)
  return blob
}

/** The text of one item, sealed: made small first, since sealed bytes cannot be. */
export async function sealItem(
  depositKey: DepositKey, item: { id: string; kind: string }, text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new TextEncoder().encode(text)
  const deflated = await compress(plain, 'deflate-raw')
  const isSmaller = deflated !== null && deflated.length < plain.length
  const body = isSmaller ? deflated : plain
  const plaintext = new Uint8Array(body.length + 1)
  plaintext[0] = isSmaller ? DEFLATED : PLAIN
  plaintext.set(body, 1)
  return sealTo(depositKey, itemSealText(item), plaintext)
}

/** A photo's own key for the server, as text. */
export async function sealPhotoKey(
  photoId: string, rawKey: Uint8Array<ArrayBuffer>, depositKey: DepositKey,
): Promise<string> {
  return toBase64Url(await sealTo(depositKey, photoSealText(photoId), rawKey))
}

export function itemSealText(item: { id: string; kind: string }): string {
  return `ruhu-item-1|${item.id}|${item.kind}`
}

export function photoSealText(photoId: string): string {
  return `ruhu-photo-1|${photoId}`
}
