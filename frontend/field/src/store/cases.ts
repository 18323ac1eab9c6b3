import type { Case, ChangesAnswer } from '../contract/api'
import { openBox } from './box'
import { openStore, writeOnce } from './db'
import type { CaseRow } from './rows'
import { requireSession } from './session'
import { storeChanged } from './signal'

/** `gone`: no longer this person's case, shown only because a draft of it is still here. */
export type LocalCase = Case & { gone?: boolean }

/** This person's cases, the most urgent deadline first. */
export async function listCases(): Promise<LocalCase[]> {
  const { user } = await requireSession()
  const rows = await (await openStore()).getAllFromIndex('cases', 'by_user', user.id)
  return (await Promise.all(rows.map(asLocalCase))).sort((left, right) => (left.due_at < right.due_at ? -1 : 1))
}

export async function getCase(id: string): Promise<LocalCase | null> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('cases', [user.id, id])
  return row ? asLocalCase(row) : null
}

/** What the phone knows, for the pull: case id → revision. */
export async function knownRevisions(userId: string): Promise<Record<string, number>> {
  const rows = await (await openStore()).getAllFromIndex('cases', 'by_user', userId)
  return Object.fromEntries(rows.filter((row) => !row.is_gone).map((row) => [row.id, row.revision]))
}

/** Takes a whole answer of the server into the store, or none of it. */
export async function applyChanges(userId: string, answer: ChangesAnswer): Promise<void> {
  await writeOnce(['cases', 'drafts', 'items', 'meta'], async (tx) => {
    const cases = tx.objectStore('cases')
    for (const body of answer.cases) {
      await cases.put({ user_id: userId, id: body.id, revision: body.revision, is_gone: false, body })
    }
    for (const id of answer.gone) {
      const row = await cases.get([userId, id])
      if (row) await cases.put({ ...row, is_gone: true })
    }
    for (const row of await cases.index('by_user').getAll(userId)) {
      const isHeld = !row.is_gone || (await tx.objectStore('drafts').getKey([userId, row.id]))
      if (!isHeld) await cases.delete([userId, row.id])
    }
    for (const [itemId, verdict] of Object.entries(answer.verdicts)) {
      const item = await tx.objectStore('items').get(itemId)
      if (item?.user_id === userId) await tx.objectStore('items').put({ ...item, verdict })
    }
    await tx.objectStore('meta').put({ key: 'epoch', value: answer.epoch })
  })
  storeChanged('cases')
  if (Object.keys(answer.verdicts).length > 0) storeChanged('items')
}

/** The case of a row, old or new. @throws PhoneProblem locked, box_unreadable */
export async function openCase(row: CaseRow): Promise<Case> {
  if (!('plain' in row.body || 'iv' in row.body)) return row.body
  return openBox<Case>(row.body, { store: 'cases', user: row.user_id, case: row.id })
}

async function asLocalCase(row: CaseRow): Promise<LocalCase> {
  const body = await openCase(row)
  return row.is_gone ? { ...body, gone: true } : body
}
