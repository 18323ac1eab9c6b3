import { toBase64Url } from './base64'
import { openStore, writeOnce } from './db'
import type { DeviceKeyRow } from './rows'

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ROW = 'device'

export type PublicJwk = { kty: string; crv: string; x: string; y: string }

/**
 * The keys of this phone, made once and never readable by a script: one signs what is handed in, the
 * other is half of what opens a person's work. @throws PhoneProblem store_failed, storage_full
 */
export async function deviceKeys(): Promise<DeviceKeyRow> {
  const known = await (await openStore()).get('keys', ROW)
  if (known) return known
  const fresh = await makeKeys()
  return writeOnce(['keys'], async (tx) => {
    // Two windows may start at once; the first one's keys are this phone's.
    const other = await tx.objectStore('keys').get(ROW)
    if (other) return other
    await tx.objectStore('keys').add(fresh)
    return fresh
  })
}

/** The device's signature under a text, base64url of r and s. */
export async function signText(text: string): Promise<string> {
  const { private_key } = await deviceKeys()
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' }, private_key, new TextEncoder().encode(text),
  )
  return toBase64Url(new Uint8Array(signature))
}

export async function publicJwk(): Promise<PublicJwk> {
  const { public_key } = await deviceKeys()
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', public_key)
  return { kty: kty!, crv: crv!, x: x!, y: y! }
}

/** What only this phone can make of `bytes`: the device's half of the key that opens a person's work. */
export async function deviceMac(bytes: BufferSource): Promise<ArrayBuffer> {
  const { hmac_key } = await deviceKeys()
  return crypto.subtle.sign('HMAC', hmac_key, bytes)
}

async function makeKeys(): Promise<DeviceKeyRow> {
  const pair = await crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify'])
  const hmac_key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return { name: ROW, private_key: pair.privateKey, public_key: pair.publicKey, hmac_key }
}
