import { openStore } from './db'
import type { CaseRow } from './rows'
import { onStoreChange } from './signal'

// While a PIN is stretched the page has nothing to do, and three hundred closed rows take their time to be read.
// They stay closed; what was read ahead serves the one list that follows, or nothing.

const FRESH_MS = 2_000

let ahead: { userId: string; rows: Promise<CaseRow[]> } | null = null
onStoreChange(() => { ahead = null })

export async function caseRowsOf(userId: string): Promise<CaseRow[]> {
  return (await openStore()).getAllFromIndex('cases', 'by_user', userId)
}

/** For the next list of this person, unless anything changes before. */
export function offerAhead(userId: string, rows: Promise<CaseRow[]>): void {
  const offered = { userId, rows }
  ahead = offered
  setTimeout(() => { if (ahead === offered) ahead = null }, FRESH_MS)
}

/** What was read ahead, else what stands there now. */
export async function takeCaseRows(userId: string): Promise<CaseRow[]> {
  const taken = ahead
  ahead = null
  return taken?.userId === userId ? taken.rows.catch(() => caseRowsOf(userId)) : caseRowsOf(userId)
}
