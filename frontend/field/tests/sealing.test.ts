import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { fromBase64, toBase64Url } from '../src/store/base64'
import { canonicalJson } from '../src/store/canonical'
import { deviceKeys, publicJwk, signText } from '../src/store/device_keys'
import { depositText, sealEnvelope, type Envelope } from '../src/store/envelope'
import { CHUNK_BYTES, importPhotoKey, sealChunk, SEALED_CHUNK_PLAIN, sealedSize } from '../src/store/photo_chunks'
import { sealPhotoKey } from '../src/store/seal'
import { blobHash, isDepositSigned, isSignedBy, openPhoto, Opener } from './support/opener'
import { freshPhone } from './support/world'

const FILE = new URL('../../../tests/vectors/sealing.json', import.meta.url)
const AUTHOR = '0198f000-0000-7000-8000-00000000a001'
const DEVICE = '0198f000-0000-7000-8000-00000000d001'
const SHORT = { text: '水' }
const LONG = {
  case_id: '0198f000-0000-7000-8000-00000000c001', text: '水窖见底，院里有牛两头。'.repeat(60),
  facts: { cattle: 2, living_size: 4.5, is_dry: true, note: null, odd: '\u{20bb7}野家 "\\\n' },
}

type Vectors = {
  about: string
  key_id: string
  private_jwk: JsonWebKey
  device_jwk: JsonWebKey
  items: { name: string; flag: number; info: string; signed_text: string; text: string; envelope: Envelope }[]
  photos: { photo_id: string; size: number; plain: string; sha256: string; key: string; sealed_key: string
    stored_size: number; stored_sha256: string; stored: string | null }[]
}

/** The plain bytes of the photo samples: byte n is n modulo 251. */
function patternOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => index % 251)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function storedOf(photoId: string, key: Uint8Array<ArrayBuffer>, plain: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  const photoKey = await importPhotoKey(key)
  for (let at = 0; at < plain.length; at += SEALED_CHUNK_PLAIN) {
    const chunk = plain.slice(at, at + SEALED_CHUNK_PLAIN)
    parts.push(Buffer.from(await sealChunk(photoKey, photoId, at / SEALED_CHUNK_PLAIN, chunk)))
  }
  return Buffer.concat(parts)
}

beforeEach(freshPhone)

test('a sealed item is opened by the server\'s key only, and its signature covers what surrounds it', async () => {
  const opener = await Opener.fresh()
  const id = '0198f000-0000-7000-8000-000000000001'
  const envelope = await sealEnvelope(
    { id, kind: 'visit', deviceId: DEVICE, author: AUTHOR, seq: 7, content: LONG }, opener.depositKey,
  )
  expect(await opener.openItem(envelope)).toEqual({ flag: 1, text: canonicalJson(LONG) })
  expect(envelope).toMatchObject({ payload: null, key_id: 'd-test1', author: AUTHOR, sha256: blobHash(envelope) })
  expect(envelope.sealed!.length).toBeLessThan(canonicalJson(LONG).length)
  const jwk = await publicJwk()
  expect(await isDepositSigned(envelope, jwk)).toBe(true)
  for (const change of [
    { id: AUTHOR }, { kind: 'urgent' as const }, { author: DEVICE }, { seq: 8 }, { key_id: 'other' },
    { sha256: 'f'.repeat(64) }, { device_id: AUTHOR },
  ]) {
    expect(await isDepositSigned({ ...envelope, ...change }, jwk)).toBe(false)
  }
  await expect(opener.openItem({ ...envelope, kind: 'urgent' })).rejects.toThrow()
  await expect((await Opener.fresh()).openItem(envelope)).rejects.toThrow()
})

test('what compression does not make smaller travels as it is', async () => {
  const opener = await Opener.fresh()
  const item = { id: AUTHOR, kind: 'urgent' as const, deviceId: DEVICE, author: AUTHOR, seq: 1, content: SHORT }
  expect(await opener.openItem(await sealEnvelope(item, opener.depositKey))).toEqual({ flag: 0, text: '{"text":"水"}' })
})

test('a browser without compression seals the plain text', async () => {
  const opener = await Opener.fresh()
  const kept = globalThis.CompressionStream
  globalThis.CompressionStream = class { constructor() { throw new TypeError('unsupported') } } as never
  const item = { id: AUTHOR, kind: 'visit' as const, deviceId: DEVICE, author: AUTHOR, seq: 1, content: LONG }
  const envelope = await sealEnvelope(item, opener.depositKey).finally(() => (globalThis.CompressionStream = kept))
  expect(await opener.openItem(envelope)).toEqual({ flag: 0, text: canonicalJson(LONG) })
})

describe('the keys of a phone', () => {
  test('are made once, by two windows, too', async () => {
    const [left, right] = await Promise.all([deviceKeys(), deviceKeys()])
    const exported = await Promise.all([left, right].map((keys) => crypto.subtle.exportKey('jwk', keys.public_key)))
    expect(exported[0]!.x).toBe(exported[1]!.x)
    expect((await publicJwk()).x).toBe(exported[0]!.x)
    expect(await isSignedBy(await publicJwk(), 'text', await signText('text'))).toBe(true)
  })

  test('cannot be taken out', async () => {
    const { private_key, hmac_key } = await deviceKeys()
    await expect(crypto.subtle.exportKey('jwk', private_key)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('raw', hmac_key)).rejects.toThrow()
  })
})

async function makeVectors(): Promise<Vectors> {
  const opener = await Opener.fresh()
  const items: Vectors['items'] = []
  for (const [name, flag, kind, content] of [
    ['short, as it is', 0, 'urgent', SHORT], ['long, made small', 1, 'visit', LONG], ['a draft', 1, 'draft', LONG],
  ] as const) {
    const id = `0198f000-0000-7000-8000-${String(items.length + 1).padStart(12, '0')}`
    const envelope = await sealEnvelope(
      { id, kind, deviceId: DEVICE, author: AUTHOR, seq: kind === 'draft' ? 0 : items.length + 1, content },
      opener.depositKey,
    )
    items.push({
      name, flag, info: `ruhu-item-1|${id}|${kind}`, signed_text: depositText(envelope), text: canonicalJson(content), envelope,
    })
  }
  const photos: Vectors['photos'] = []
  for (const size of [1_000, SEALED_CHUNK_PLAIN, SEALED_CHUNK_PLAIN + 1, 120_000]) {
    const photo_id = `0198f000-0000-7000-8000-0000000f${String(photos.length + 1).padStart(4, '0')}`
    const key = crypto.getRandomValues(new Uint8Array(32))
    const stored = await storedOf(photo_id, key, patternOf(size))
    photos.push({
      photo_id, size, plain: 'byte n is n modulo 251', sha256: sha256(patternOf(size)), key: toBase64Url(key),
      sealed_key: await sealPhotoKey(photo_id, key, opener.depositKey),
      stored_size: stored.length, stored_sha256: sha256(stored), stored: size <= 1_000 ? toBase64Url(stored) : null,
    })
  }
  return {
    about: 'Sealed by the phone\'s own code (RUHU_WRITE_VECTORS=1 npx vitest run tests/sealing.test.ts). '
      + 'The private key is for tests only.',
    key_id: opener.depositKey.id, private_jwk: opener.privateJwk, device_jwk: await publicJwk(), items, photos,
  }
}

describe('the samples both sides open', async () => {
  if (process.env.RUHU_WRITE_VECTORS || !existsSync(FILE)) {
    await freshPhone()
    writeFileSync(FILE, `${JSON.stringify(await makeVectors(), null, 1)}\n`)
  }
  const all = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors
  const opener = Opener.of(all.key_id, all.private_jwk)

  test.each(all.items)('item: $name', async ({ flag, text, info, signed_text, envelope }) => {
    expect(info).toBe(`ruhu-item-1|${envelope.id}|${envelope.kind}`)
    expect(await opener.openItem(envelope)).toEqual({ flag, text })
    expect(envelope.sha256).toBe(blobHash(envelope))
    expect(depositText(envelope)).toBe(signed_text)
    expect(await isDepositSigned(envelope, all.device_jwk)).toBe(true)
  })

  test.each(all.photos)('photo of $size bytes', async (photo) => {
    const key = await opener.openPhotoKey(photo.photo_id, photo.sealed_key)
    expect(toBase64Url(key)).toBe(photo.key)
    const stored = await storedOf(photo.photo_id, key, patternOf(photo.size))
    expect([stored.length, sha256(stored)]).toEqual([photo.stored_size, photo.stored_sha256])
    expect(photo.stored_size).toBe(sealedSize(photo.size))
    if (photo.stored) expect(Buffer.from(fromBase64(photo.stored)!).equals(stored)).toBe(true)
    expect(openPhoto(photo.photo_id, key, stored).equals(patternOf(photo.size))).toBe(true)
    if (photo.size > SEALED_CHUNK_PLAIN) expect(stored.subarray(0, CHUNK_BYTES).length).toBe(CHUNK_BYTES)
  })
})
