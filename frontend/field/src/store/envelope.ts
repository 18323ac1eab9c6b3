import type { Envelope as ContractEnvelope } from '../contract/api'
import { toBase64Url } from './base64'
import { canonicalJson, sha256Hex } from './canonical'
import { signText } from './device_keys'
import { sealItem, type DepositKey } from './seal'

export type Envelope = Omit<ContractEnvelope, 'kind'> & {
  kind: ContractEnvelope['kind'] | 'draft'; author: string | null; key_id: string | null
}

export type NewEnvelope = {
  id: string; kind: Envelope['kind']; deviceId: string; author: string; seq: number; content: unknown
}

/** What travels to the inbox: sealed to the server and signed by this phone. */
export async function sealEnvelope(item: NewEnvelope, depositKey: DepositKey): Promise<Envelope> {
  const blob = await sealItem(depositKey, item, canonicalJson(item.content))
  const facts = {
    id: item.id, kind: item.kind, device_id: item.deviceId, author: item.author, seq: item.seq,
    key_id: depositKey.id, sha256: await sha256Hex(blob),
  }
  return { ...facts, sealed: toBase64Url(blob), signature: await signText(depositText(facts)), payload: null }
}

/** What the phone signs. */
export function depositText(facts: Pick<Envelope, 'id' | 'kind' | 'device_id' | 'author' | 'seq' | 'key_id' | 'sha256'>): string {
  const { id, kind, device_id, author, seq, key_id, sha256 } = facts
  return ['ruhu-deposit-2', id, kind, device_id, author, seq, key_id, sha256].join('\n')
}
