import { shallowRef } from 'vue'
import { restoreSession, signIn, signOut, type Session } from '../store/session'
import { requestSync } from './sync'

export const session = shallowRef<Session | null>(null)
let restoring: Promise<Session | null> | undefined

/** The session kept on this phone, asked for once per start. */
export function knownSession(): Promise<Session | null> {
  restoring ??= restoreSession().then((found) => (session.value = found))
  return restoring
}

export async function enter(username: string, password: string): Promise<void> {
  session.value = await signIn(username, password)
  restoring = Promise.resolve(session.value)
  requestSync()
}

export async function leave(): Promise<void> {
  await signOut()
  session.value = null
  restoring = Promise.resolve(null)
}
