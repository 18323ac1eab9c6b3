import { beforeAll, expect, test } from 'vitest'
import type { Receipt } from '../src/contract/api'
import { toBase64Url } from '../src/store/base64'
import { receiptText, verifiedReceipt } from '../src/sync/receipt'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }
const EXPECTED = { id: 'item-1', sha256: 'a'.repeat(64) }
let keys: CryptoKeyPair
let known: JsonWebKey

beforeAll(async () => {
  keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  known = await crypto.subtle.exportKey('jwk', keys.publicKey)
})

/** A receipt that this server did sign. */
async function signed(change: Partial<Receipt> = {}): Promise<Receipt> {
  const told = {
    ...EXPECTED, outcome: 'stored' as const, receipt_no: '3F7A-91C2', received_at: '2026-07-08T01:00:00Z', ...change,
  }
  const text = new TextEncoder().encode(receiptText(told))
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text)
  return { ...told, signature: toBase64Url(new Uint8Array(signature)) }
}

test('an honest receipt for this item and content holds', async () => {
  const receipt = await signed()
  expect(await verifiedReceipt(receipt, EXPECTED, [known])).toEqual(receipt)
})

test('an honest receipt for another item does not', async () => {
  expect(await verifiedReceipt(await signed({ id: 'item-2' }), EXPECTED, [known])).toBeNull()
})

test('an honest receipt for other content does not', async () => {
  expect(await verifiedReceipt(await signed({ sha256: 'b'.repeat(64) }), EXPECTED, [known])).toBeNull()
})

test('a receipt that no known server signed does not', async () => {
  const strange = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const jwk = await crypto.subtle.exportKey('jwk', strange.publicKey)
  expect(await verifiedReceipt(await signed(), EXPECTED, [jwk])).toBeNull()
  expect(await verifiedReceipt(await signed(), EXPECTED, [])).toBeNull()
})

test('whatever is changed after the signing, it does not', async () => {
  const honest = await signed()
  for (const change of [{ outcome: 'conflict' }, { receipt_no: '0000-0000' }, { received_at: '2027-01-01T00:00:00Z' }]) {
    expect(await verifiedReceipt({ ...honest, ...change }, EXPECTED, [known])).toBeNull()
  }
})
