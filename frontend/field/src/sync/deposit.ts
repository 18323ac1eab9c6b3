import type { Envelope, InboxAnswer, Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { sampleServerTime } from '../store/clock'
import { openStore, writeOnce } from '../store/db'
import type { ItemRow } from '../store/rows'
import type { Session } from '../store/session'
import { storeChanged } from '../store/signal'
import { callApi } from './http'
import { endFlight, startFlight } from './progress'
import { verifiedReceipt } from './receipt'

const BATCH_ITEMS = 50
const BATCH_BYTES = 900_000
/** A refused item is tried again, but not with every contact. */
const REFUSED_PAUSE_MS = 60 * 60 * 1000

export type Deposited = { sent: number; received: number }

/**
 * Hands in this person's finished items, oldest first. An item whose batch is refused is tried alone,
 * so that one the server cannot take never holds up the others.
 * @throws PhoneProblem when the line or the session is gone
 */
export async function depositWaiting(session: Session, retriesRefused: boolean): Promise<Deposited> {
  const total: Deposited = { sent: 0, received: 0 }
  for (const batch of batchesOf(await waitingItems(session.user.id, retriesRefused))) {
    const done = await depositBatch(session, batch)
    total.sent += done.sent
    total.received += done.received
  }
  return total
}

async function waitingItems(userId: string, retriesRefused: boolean): Promise<ItemRow[]> {
  const rows = await (await openStore()).getAllFromIndex('items', 'by_user', userId)
  const pausedSince = new Date(Date.now() - REFUSED_PAUSE_MS).toISOString()
  return rows
    .filter((row) => !row.receipt && (retriesRefused || !row.refused || row.refused.at < pausedSince))
    .sort((left, right) => left.envelope.seq - right.envelope.seq)
}

export function batchesOf(rows: ItemRow[]): ItemRow[][] {
  const batches: ItemRow[][] = []
  let bytes = 0
  for (const row of rows) {
    const size = new TextEncoder().encode(JSON.stringify(row.envelope)).length + 1
    const last = batches[batches.length - 1]
    if (last && last.length < BATCH_ITEMS && bytes + size <= BATCH_BYTES) {
      last.push(row)
      bytes += size
    } else {
      batches.push([row])
      bytes = size
    }
  }
  return batches
}

async function depositBatch(session: Session, batch: ItemRow[]): Promise<Deposited> {
  batch.forEach((row) => startFlight(row.id))
  storeChanged('items')
  try {
    const answer = await askInbox(batch.map((row) => row.envelope))
    return { sent: batch.length, received: await keepAnswer(session, batch, answer) }
  } catch (cause) {
    if (!(cause instanceof PhoneProblem) || cause.code !== 'rejected') throw cause
    if (batch.length > 1) return depositHalves(session, batch)
    await noteRefusal(batch[0]!.id, cause.serverCode ?? 'rejected', cause.serverMessage ?? '')
    return { sent: 1, received: 0 }
  } finally {
    batch.forEach((row) => endFlight(row.id))
    storeChanged('items')
  }
}

async function depositHalves(session: Session, batch: ItemRow[]): Promise<Deposited> {
  const middle = Math.ceil(batch.length / 2)
  const first = await depositBatch(session, batch.slice(0, middle))
  const second = await depositBatch(session, batch.slice(middle))
  return { sent: first.sent + second.sent, received: first.received + second.received }
}

async function askInbox(items: Envelope[]): Promise<InboxAnswer> {
  const sentAt = Date.now()
  const answer = (await callApi('POST', '/inbox', { items })) as InboxAnswer | null
  if (!Array.isArray(answer?.receipts)) throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  return answer
}

/** @returns how many items ended with a receipt that holds */
async function keepAnswer(session: Session, batch: ItemRow[], answer: InboxAnswer): Promise<number> {
  let received = 0
  for (const row of batch) {
    const expected = { id: row.id, sha256: row.envelope.sha256 }
    const candidates: unknown[] = answer.receipts.filter((receipt) => receipt?.id === row.id)
    for (const candidate of candidates) {
      const receipt = await verifiedReceipt(candidate, expected, session.receiptKey)
      if (!receipt) continue
      await endItem(row.id, receipt)
      received += 1
      break
    }
  }
  for (const refusal of answer.refused ?? []) {
    if (batch.some((row) => row.id === refusal.id)) {
      await noteRefusal(refusal.id, refusal.code, refusal.message)
    }
  }
  return received
}

async function endItem(id: string, receipt: Receipt): Promise<void> {
  await changeItem(id, (row) => ({
    ...row, receipt, received_on_phone_at: new Date().toISOString(), refused: null,
  }))
}

async function noteRefusal(id: string, code: string, message: string): Promise<void> {
  const refused = { code, message, at: new Date().toISOString() }
  await changeItem(id, (row) => (row.receipt ? row : { ...row, refused }))
}

async function changeItem(id: string, change: (row: ItemRow) => ItemRow): Promise<void> {
  await writeOnce(['items'], async (tx) => {
    const row = await tx.objectStore('items').get(id)
    if (row) await tx.objectStore('items').put(change(row))
  })
}
