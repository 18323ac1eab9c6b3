import type { Office, ToldParameters, ToldWords } from '../contract/api'
import type { Session } from './session'
import { openStore, writeOnce } from './db'

/** One row per key; `seq` is the device's own running number of finished items. */
export type MetaValues = {
  session: Session
  device_id: string
  seq: number
  clock: { offset_ms: number; sampled_at: string }
  epoch: string
  /** How far the server had come at its last answer; told back, it proves that a server was put back to an older day. */
  mark: string
  /** The office knows this phone's key. */
  is_enrolled: boolean
  /** 'ok', or the names of the checks that failed. */
  self_test: string
  /** What the self-test wrote last, to read it back. */
  trial: string
  offline_only: boolean
  last_contact_at: string
  /** Each person's dated parameters, as the server last told them. */
  parameters: Record<string, ToldParameters>
  /** What each person's county calls the codes of the codebook, as the server last told it. */
  words: Record<string, ToldWords>
  /** Whom each person may ring, and the villages of their townships. */
  offices: Record<string, Office>
  sender_lease: { owner: string; until: number }
}

export async function readMeta<K extends keyof MetaValues>(key: K): Promise<MetaValues[K] | null> {
  const row = await (await openStore()).get('meta', key)
  return (row?.value as MetaValues[K] | undefined) ?? null
}

export async function writeMeta<K extends keyof MetaValues>(key: K, value: MetaValues[K]): Promise<void> {
  await writeOnce(['meta'], async (tx) => {
    await tx.objectStore('meta').put({ key, value })
  })
}
