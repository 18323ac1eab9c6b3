import { openStore } from './db'
import type { PersonRow } from './rows'
import type { Session } from './session'

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
  return (await whoIsHere()).persons
}

/** In one look, since a start waits for it: who used the phone last, and everybody on it. */
export async function whoIsHere(): Promise<{ session: Session | null; persons: Person[] }> {
  const tx = (await openStore()).transaction(['meta', 'people'])
  const [kept, rows] = await Promise.all([tx.objectStore('meta').get('session'), tx.objectStore('people').getAll()])
  const session = (kept?.value as Session | undefined) ?? null
  return { session, persons: asPersons(rows, session?.user.id) }
}

function asPersons(rows: PersonRow[], current: string | undefined): Person[] {
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
