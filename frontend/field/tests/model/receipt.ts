import { verify, type KeyObject } from 'node:crypto'

/** Whether the server signed that it has exactly this. */
export function holds(receipt: any, id: string, sha256: string, key: KeyObject): boolean {
  const text = ['ruhu-receipt-1', id, sha256, receipt.outcome, receipt.receipt_no, receipt.received_at].join('\n')
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(String(receipt.signature), 'base64url'))
}
