import type { User } from '../contract/api'

export type Session = { user: User; receiptKey: JsonWebKey; deviceId: string; formVersion: string }

/** @throws PhoneProblem bad_credentials, locked_out, offline, server_unavailable, not_our_server */
export async function signIn(_username: string, _password: string): Promise<Session> {
  throw new Error('not built yet')
}
/** The session kept on this phone; needs no network. */
export async function restoreSession(): Promise<Session | null> {
  return null
}
/** Ends the session and forgets the cached cases; drafts and unsent work stay. */
export async function signOut(): Promise<void> {}
