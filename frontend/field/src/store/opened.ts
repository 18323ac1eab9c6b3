import type { Case } from '../contract/api'
import type { CaseRow } from './rows'
import { isUnlocked, onVaultChange } from './vault_state'

// A list of three hundred households is read again at every contact: what is open already stays open
// as long as the vault does, and is known by the box it came out of.

type Opened = { iv: string; body: Readonly<Case> }

const kept = new Map<string, Opened>()
onVaultChange(() => kept.clear())

/** What was opened out of this very box. */
export function openedBefore(row: CaseRow): Readonly<Case> | null {
  const before = kept.get(nameOf(row))
  return before && before.iv === ivOf(row) ? before.body : null
}

/** Nothing is kept of what was still being opened when the vault was locked. */
export function keepOpened(row: CaseRow, body: Case): void {
  const iv = ivOf(row)
  if (iv && isUnlocked(row.user_id)) kept.set(nameOf(row), { iv, body })
}

function nameOf(row: CaseRow): string {
  return `${row.user_id}|${row.id}`
}

/** Random for each closing; none for what is not closed. */
function ivOf(row: CaseRow): string | null {
  return 'iv' in row.body ? row.body.iv.join() : null
}
