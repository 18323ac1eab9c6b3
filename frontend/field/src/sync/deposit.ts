import { confirmedSession, restoreSession } from '../store/session'
import { handIn, type Deposited } from './inbox'
import { provesItself, waitingItems } from './waiting'

export type { Deposited } from './inbox'

/**
 * Hands in what everybody on this phone finished, oldest first, as far as it proves itself by the
 * phone's signature: nobody needs to be signed in for that. @throws PhoneProblem when the line is gone
 */
export async function depositSigned(retriesRefused: boolean): Promise<Deposited> {
  const done: Deposited = { sent: 0, received: 0, unknown: new Set(), epoch: null }
  const isProven = await provesItself()
  await handIn((await waitingItems(retriesRefused)).filter(isProven), 'signature', done)
  return done
}

/**
 * The rest: the current person's own items, and those brought from a phone the office does not know,
 * under the session. What others finished on a phone that is not enrolled waits for them.
 * @throws PhoneProblem signed_out, or when the line is gone
 */
export async function depositUnderSession(done: Deposited, retriesRefused: boolean): Promise<void> {
  const rest = await needingSession(done, retriesRefused)
  if (rest.length === 0) return
  await confirmedSession()
  await handIn(rest, 'session', done)
}

async function needingSession(done: Deposited, retriesRefused: boolean) {
  const current = (await restoreSession())?.user.id
  const isProven = await provesItself()
  return (await waitingItems(retriesRefused)).filter((row) => {
    if (row.user_id !== current && !row.carried) return false
    return done.unknown.has(row.id) || !isProven(row)
  })
}
