import type { DepositKey, Envelope, ItemKind } from '../contract/api'
import { toBase64Url } from './base64'
import { canonicalJson, sha256Hex } from './canonical'
import { signText } from './device_keys'
import { sealItem } from './seal'

export type { Envelope } from '../contract/api'

export type NewEnvelope = {
  id: string; kind: ItemKind; deviceId: string; author: string; seq: number; content: unknown
}

/** What travels to the inbox: sealed to the server and signed by this phone. */
export async function sealEnvelope(item: NewEnvelope, depositKey: DepositKey): Promise<Envelope> {
  return sealText(item, canonicalJson(item.content), depositKey)
}

/** As `sealEnvelope`, for content that is text already. */
export async function sealText(
  item: Omit<NewEnvelope, 'content'>, text: string, depositKey: DepositKey,
): Promise<Envelope> {
  const blob = await sealItem(depositKey, item, text)
  const facts = {
    id: item.id, kind: item.kind, device_id: item.deviceId, author: item.author, seq: item.seq,
    key_id: depositKey.id, sha256: await sha256Hex(blob),
  }
  return { ...facts, sealed: toBase64Url(blob), signature: await signText(depositText(facts)), payload: null }
}

/** As the first version of the protocol had it; only its author's session carries it. */
export async function makePlainEnvelope(item: Omit<NewEnvelope, 'author'>): Promise<Envelope> {
  const payload = canonicalJson(item.content)
  return {
    id: item.id, kind: item.kind, device_id: item.deviceId, author: null, seq: item.seq, key_id: null,
    sealed: null, sha256: await sha256Hex(payload), signature: null, payload,
  }
}

/** What the phone signs. */
export function depositText(facts: Omit<Envelope, 'sealed' | 'signature' | 'payload'>): string {
  const { id, kind, device_id, author, seq, key_id, sha256 } = facts
  return ['ruhu-deposit-2', id, kind, device_id, author, seq, key_id, sha256].join('\n')
}
