import type { Case, ChangesAnswer, Office } from '../contract/api'
import { PhoneProblem } from '../problem'
import { caseRowsOf, takeCaseRows } from './ahead'
import { closeBox, openBox } from './box'
import { openStore, writeOnce } from './db'
import { keepsDial } from './dial'
import { heldCases } from './held'
import type { MetaValues } from './meta'
import { closeNotice } from './notices'
import { keepOpened, openedBefore } from './opened'
import { casePlace } from './places'
import type { CaseRow } from './rows'
import { requireOpen } from './session'
import { storeChanged } from './signal'

/** `gone`: no longer this person's case, shown only because a draft of it is still here. */
export type LocalCase = Readonly<Case> & { gone?: boolean }

/**
 * This person's cases, the most urgent deadline first. A damaged one is forgotten, so that the next pull
 * brings it anew. @throws PhoneProblem signed_out, locked
 */
export async function listCases(): Promise<LocalCase[]> {
  const { user } = await requireOpen()
  const rows = await takeCaseRows(user.id)
  const opened = await Promise.all(rows.map((row) => listed(row).catch(unlessLocked)))
  const damaged = rows.filter((_row, at) => opened[at] === null)
  if (damaged.length > 0) await forgetCases(damaged)
  return opened.filter((one) => one !== null).sort((left, right) => (left.due_at < right.due_at ? -1 : 1))
}

async function listed(row: CaseRow): Promise<LocalCase> {
  const body = openedBefore(row) ?? (await openCase(row))
  keepOpened(row, body)
  return asLocalCase(row, body)
}

function unlessLocked(cause: unknown): null {
  if (cause instanceof PhoneProblem && cause.code === 'box_unreadable') return null
  throw cause
}

async function forgetCases(rows: CaseRow[]): Promise<void> {
  await writeOnce(['cases'], async (tx) => {
    for (const row of rows) await tx.objectStore('cases').delete([row.user_id, row.id])
  })
}

export async function getCase(id: string): Promise<LocalCase | null> {
  const { user } = await requireOpen()
  const row = await (await openStore()).get('cases', [user.id, id])
  return row ? asLocalCase(row, await openCase(row)) : null
}

/** What the phone knows, for the pull: case id → revision. */
export async function knownRevisions(userId: string): Promise<Record<string, number>> {
  const rows = await caseRowsOf(userId)
  return Object.fromEntries(rows.filter((row) => !row.is_gone && !isOnlyHere(row)).map((row) => [row.id, row.revision]))
}

/**
 * Takes a whole answer of the server into the store, or none of it. Another epoch than the known one is
 * left alone: it means that receipts have to be asked about first.
 * @throws PhoneProblem locked, storage_full, store_failed
 */
export async function applyChanges(userId: string, answer: ChangesAnswer): Promise<void> {
  const rows = await Promise.all(answer.cases.map((body) => closeCase(userId, body)))
  const told = await Promise.all((answer.notices ?? []).map((notice) => closeNotice(userId, notice)))
  await writeOnce(['cases', 'drafts', 'notes', 'photos', 'items', 'notices', 'meta'], async (tx) => {
    const cases = tx.objectStore('cases')
    for (const [at, row] of rows.entries()) {
      await cases.put({ ...row, ...keepsDial(await cases.get([userId, row.id]), answer.cases[at]?.stage ?? '') })
    }
    for (const id of answer.gone) {
      const row = await cases.get([userId, id])
      const { dial: _number, ...rest } = row ?? {}
      if (row) await cases.put({ ...(rest as CaseRow), is_gone: true })
    }
    for (const [itemId, verdict] of Object.entries(answer.verdicts)) {
      const item = await tx.objectStore('items').get(itemId)
      if (item?.user_id === userId) await tx.objectStore('items').put({ ...item, verdict })
    }
    const held = await heldCases(tx, userId)
    for (const row of await cases.index('by_user').getAll(userId)) {
      if ((row.is_gone || isOnlyHere(row)) && !held.has(row.id)) await cases.delete([userId, row.id])
    }
    if (answer.office) {
      const offices = (await tx.objectStore('meta').get('offices'))?.value as Record<string, Office> | undefined
      await tx.objectStore('meta').put({ key: 'offices', value: { ...offices, [userId]: answer.office } })
    }
    for (const notice of told) {
      const isKnown = await tx.objectStore('notices').getKey([userId, notice.id])
      if (!isKnown) await tx.objectStore('notices').put(notice)
    }
    if (answer.parameters) {
      const before = (await tx.objectStore('meta').get('parameters'))?.value as MetaValues['parameters'] | undefined
      await tx.objectStore('meta').put({ key: 'parameters', value: { ...before, [userId]: answer.parameters } })
    }
    if (answer.words) {
      const before = (await tx.objectStore('meta').get('words'))?.value as MetaValues['words'] | undefined
      await tx.objectStore('meta').put({ key: 'words', value: { ...before, [userId]: answer.words } })
    }
    if (!(await tx.objectStore('meta').get('epoch'))) {
      await tx.objectStore('meta').put({ key: 'epoch', value: answer.epoch })
    }
  })
  storeChanged('cases')
  if (Object.keys(answer.verdicts).length > 0) storeChanged('items')
  if (told.length > 0) storeChanged('notices')
}

/** Found by this person, and not yet told by the office: the pull must neither ask for it nor take it for gone. */
function isOnlyHere(row: CaseRow): boolean {
  return row.revision === 0
}

/** @throws PhoneProblem locked */
export async function closeCase(userId: string, body: Case): Promise<CaseRow> {
  const { id, revision, due_at } = body
  return {
    user_id: userId, id, revision, due_at, is_gone: false,
    body: await closeBox(body, casePlace({ user_id: userId, id })),
  }
}

/** The case of a row, old or new. @throws PhoneProblem locked, box_unreadable */
export async function openCase(row: CaseRow): Promise<Case> {
  return 'plain' in row.body || 'iv' in row.body ? openBox<Case>(row.body, casePlace(row)) : row.body
}

function asLocalCase(row: CaseRow, body: Readonly<Case>): LocalCase {
  return row.is_gone ? { ...body, gone: true } : body
}
