import type { Envelope, InboxAnswer, Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { sampleServerTime } from '../store/clock'
import { writeOnce } from '../store/db'
import { byRefusal, refusalOf } from '../store/refusal'
import type { ItemRow } from '../store/rows'
import { storeChanged } from '../store/signal'
import { forgetTold, heartbeatOf } from './heartbeat'
import { callApi } from './http'
import { endFlight, startFlight } from './progress'
import { verifiedReceipt } from './receipt'
import { receiptKeysFor } from './receipt_keys'

const BATCH_ITEMS = 50
const BATCH_BYTES = 900_000
/** One item cannot be halved: it may take as long as half a kilobyte a second needs. */
const PATIENCE_MS_A_BYTE = 2
const NARROW_MS = 30 * 60_000

/** What the line could not carry in one piece is not tried again for a while. */
let narrow = { bytes: BATCH_BYTES, until: 0 }

/** So often in a row a server may fail before one of the items is taken for the reason. */
const PATIENCE_FAULTS = 3
/** A server that fails at so many single items in a row is left alone for now. */
const MOST_ALONE = 3
let faults = 0

/** Whose word counts: the signature under each item, or the session of who is signed in. */
export type Way = 'signature' | 'session'
export type Deposited = {
  sent: number; received: number
  /** The server does not know the phone that signed these; they need a session. */
  unknown: Set<string>
  epoch: string | null
  /** Set while what the server fails at is being looked for: single items it failed at since it last took one. */
  failedAlone?: number
}

/**
 * Hands in these items, in this order. An item whose batch is refused is tried alone, so that one the
 * server cannot take never holds up the others; one that the line is too slow for goes in halves, and so
 * does one that the server fails at again and again.
 * @throws PhoneProblem when the line or the session is gone
 */
export async function handIn(rows: ItemRow[], way: Way, done: Deposited): Promise<void> {
  for (const batch of [...batchesOf(rows.filter((row) => !row.refused?.tries)), ...failedBefore(rows)]) {
    const isTooMuch = batch.length > 1 && bytesOf(batch) > bytesAtOnce()
    await (isTooMuch ? handIn(batch, way, done) : depositBatch(batch, way, done))
  }
}

/** Each alone, after all others, so that it can take nothing with it. */
function failedBefore(rows: ItemRow[]): ItemRow[][] {
  return rows.filter((row) => row.refused?.tries).sort(byRefusal).map((row) => [row])
}

function bytesAtOnce(): number {
  return Date.now() < narrow.until ? narrow.bytes : BATCH_BYTES
}

function bytesOf(rows: ItemRow[]): number {
  return rows.reduce((sum, row) => sum + new TextEncoder().encode(JSON.stringify(row.envelope)).length + 1, 0)
}

function batchesOf(rows: ItemRow[]): ItemRow[][] {
  const batches: ItemRow[][] = []
  let bytes = 0
  for (const row of rows) {
    const size = bytesOf([row])
    const last = batches[batches.length - 1]
    if (last && last.length < BATCH_ITEMS && bytes + size <= bytesAtOnce()) {
      last.push(row)
      bytes += size
    } else {
      batches.push([row])
      bytes = size
    }
  }
  return batches
}

async function depositBatch(batch: ItemRow[], way: Way, done: Deposited): Promise<void> {
  batch.forEach((row) => startFlight(row.id))
  storeChanged('items')
  try {
    const answer = await askInbox(batch, way)
    done.sent += batch.length
    done.epoch = answer.epoch
    if (done.failedAlone === undefined) faults = 0
    else done.failedAlone = 0
    await keepAnswer(batch, answer, done)
  } catch (cause) {
    await isolate(batch, way, done, cause)
  } finally {
    batch.forEach((row) => endFlight(row.id))
    storeChanged('items')
  }
}

async function isolate(batch: ItemRow[], way: Way, done: Deposited, cause: unknown): Promise<void> {
  const problem = cause instanceof PhoneProblem ? cause : null
  if (way === 'signature' && problem?.code === 'signed_out') return batch.forEach((row) => done.unknown.add(row.id))
  if (problem?.isSlow && batch.length > 1) {
    narrow = { bytes: Math.floor(bytesOf(batch) / 2), until: Date.now() + NARROW_MS }
    return handIn(batch, way, done)
  }
  if (!problem || (problem.code !== 'rejected' && !isBatchsFault(batch, done, problem))) throw cause
  if (batch.length > 1) return handInHalves(batch, way, done)
  done.sent += 1
  await noteRefusal(batch[0]!.id, problem)
}

/** Whether the server's failing is to be laid at what was sent, and not at a bad moment of the server's. */
function isBatchsFault(batch: ItemRow[], done: Deposited, problem: PhoneProblem): boolean {
  if (!problem.isServerFault) return false
  const isKnown = batch.length === 1 && batch[0]!.refused?.tries !== undefined
  if (!isKnown && done.failedAlone === undefined && ++faults < PATIENCE_FAULTS) return false
  done.failedAlone ??= 0
  if (batch.length === 1) done.failedAlone += 1
  return done.failedAlone <= MOST_ALONE
}

async function handInHalves(batch: ItemRow[], way: Way, done: Deposited): Promise<void> {
  const middle = Math.ceil(batch.length / 2)
  await depositBatch(batch.slice(0, middle), way, done)
  await depositBatch(batch.slice(middle), way, done)
}

async function askInbox(batch: ItemRow[], way: Way): Promise<InboxAnswer> {
  const items: Envelope[] = batch.map((row) => row.envelope)
  const author = batch.find((row) => !row.carried)?.user_id
  const heartbeat = author && (await heartbeatOf(author, new Set(batch.map((row) => row.id))))
  if (author) forgetTold(author)
  const sentAt = Date.now()
  const answer = (await callApi(
    'POST', '/inbox', { items, ...(heartbeat && { heartbeat }) },
    { withoutCookie: way === 'signature', patienceMs: batch.length > 1 ? 0 : bytesOf(batch) * PATIENCE_MS_A_BYTE },
  )) as InboxAnswer | null
  if (!Array.isArray(answer?.receipts)) throw new PhoneProblem('not_our_server')
  await sampleServerTime(answer.server_time, sentAt, Date.now())
  return answer
}

async function keepAnswer(batch: ItemRow[], answer: InboxAnswer, done: Deposited): Promise<void> {
  for (const row of batch) {
    const receipt = await receiptOf(row, answer)
    if (!receipt) continue
    await endItem(row.id, receipt)
    done.received += 1
  }
  for (const refusal of answer.refused ?? []) {
    if (!batch.some((row) => row.id === refusal.id)) continue
    if (refusal.code === 'device_unknown') done.unknown.add(refusal.id)
    else await noteRefusal(refusal.id, { serverCode: refusal.code, serverMessage: refusal.message })
  }
}

async function receiptOf(row: ItemRow, answer: InboxAnswer): Promise<Receipt | null> {
  const candidates: unknown[] = answer.receipts.filter((receipt) => receipt?.id === row.id)
  if (candidates.length === 0) return null
  const keys = await receiptKeysFor(row.user_id)
  for (const candidate of candidates) {
    const receipt = await verifiedReceipt(candidate, { id: row.id, sha256: row.envelope.sha256 }, keys)
    if (receipt) return receipt
  }
  return null
}

async function endItem(id: string, receipt: Receipt): Promise<void> {
  await changeItem(id, (row) => ({
    ...row, receipt, received_on_phone_at: new Date().toISOString(), refused: null,
  }))
}

async function noteRefusal(id: string, why: Parameters<typeof refusalOf>[0]): Promise<void> {
  await changeItem(id, (row) => (row.receipt ? row : { ...row, refused: refusalOf(why, row.refused) }))
}

async function changeItem(id: string, change: (row: ItemRow) => ItemRow): Promise<void> {
  await writeOnce(['items'], async (tx) => {
    const row = await tx.objectStore('items').get(id)
    if (row) await tx.objectStore('items').put(change(row))
  })
}
