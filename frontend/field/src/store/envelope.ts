import type { Envelope, ItemKind } from '../contract/api'
import { canonicalJson, sha256Hex } from './canonical'

export type NewEnvelope = { id: string; kind: ItemKind; deviceId: string; seq: number; content: unknown }

/** What travels to the inbox. Sealing and the device's signature have their places here. */
export async function makeEnvelope(item: NewEnvelope): Promise<Envelope> {
  const payload = canonicalJson(item.content)
  return {
    id: item.id, kind: item.kind, device_id: item.deviceId, seq: item.seq,
    payload, sealed: null, sha256: await sha256Hex(payload), signature: null,
  }
}
