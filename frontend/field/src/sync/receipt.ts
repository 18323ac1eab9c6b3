import type { Receipt } from '../contract/api'
import { fromBase64 } from '../store/base64'

const OUTCOMES = new Set(['stored', 'duplicate', 'conflict'])
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * The receipt when a server this phone knows signed it for exactly this id and content, else null.
 * Only such a receipt ends an item or a photo on the phone.
 */
export async function verifiedReceipt(
  candidate: unknown, expected: { id: string; sha256: string }, receiptKeys: JsonWebKey[],
): Promise<Receipt | null> {
  const receipt = asReceipt(candidate)
  if (!receipt || receipt.id !== expected.id || receipt.sha256 !== expected.sha256) return null
  const signature = fromBase64(receipt.signature)
  if (signature?.length !== 64) return null
  for (const key of receiptKeys) {
    if (await isSigned(receiptText(receipt), signature, key)) return receipt
  }
  return null
}

async function isSigned(text: string, signature: Uint8Array<ArrayBuffer>, receiptKey: JsonWebKey): Promise<boolean> {
  const { kty, crv, x, y } = receiptKey
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y } as JsonWebKey, ALGORITHM, false, ['verify'])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, new TextEncoder().encode(text))
}

/** What the server signs. */
export function receiptText(receipt: Omit<Receipt, 'signature'>): string {
  const { id, sha256, outcome, receipt_no, received_at } = receipt
  return ['ruhu-receipt-1', id, sha256, outcome, receipt_no, received_at].join('\n')
}

/** The header of a finished upload: base64 of a JSON receipt; null when it is anything else. */
export function receiptOfHeader(header: string | null | undefined): unknown {
  const bytes = header ? fromBase64(header) : null
  if (!bytes) return null
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

function asReceipt(candidate: unknown): Receipt | null {
  if (typeof candidate !== 'object' || candidate === null) return null
  const receipt = candidate as Record<string, unknown>
  const fields = ['id', 'sha256', 'outcome', 'receipt_no', 'received_at', 'signature']
  const isWhole = fields.every((field) => typeof receipt[field] === 'string')
  return isWhole && OUTCOMES.has(receipt.outcome as string) ? (candidate as Receipt) : null
}
