import { openStore } from './db'
import { restoreSession } from './session'
import type { PersonRow } from './rows'

/** Who may be asked for a PIN on this phone, for the lock screen; the last one first. */
export type Person = {
  userId: string; name: string; username: string; roleLabel: string
  hasVault: boolean
  /** Left the phone: the password comes first. */
  isSignedOut: boolean
  isCurrent: boolean
  lastSeen: string
}

export async function people(): Promise<Person[]> {
  const current = (await restoreSession())?.user.id
  const rows = await (await openStore()).getAll('people')
  return rows.sort((left, right) => (left.last_seen < right.last_seen ? 1 : -1)).map((row) => ({
    userId: row.user_id, name: row.user.name, username: row.user.username, roleLabel: row.user.role_label,
    hasVault: row.vault !== null, isSignedOut: row.is_signed_out, isCurrent: row.user_id === current,
    lastSeen: row.last_seen,
  }))
}

/** What signing and checking for this person need; no secret can be read from it. */
export async function personRow(userId: string): Promise<PersonRow | null> {
  return (await (await openStore()).get('people', userId)) ?? null
}
