import { PhoneProblem } from '../problem'
import { caseRowsOf, offerAhead } from './ahead'
import { writeOnce } from './db'
import { personRow } from './people'
import { sessionOf } from './person_row'
import type { CaseRow, PersonRow, VaultRow } from './rows'
import { deviceId, endServerSession, isConfirmed, requireSession } from './session'
import { storeChanged } from './signal'
import { newVault, openVault, PIN_ITERATIONS, rewrapVault, stretchPin } from './vault_crypto'
import { afterRush, isRush } from './rush'
import { requireGoodPin } from './vault_pin'
import { dropKeys, isUnlocked, keepOpen } from './vault_state'
import { hasClosedBoxes, wipeVault } from './vault_wipe'

export { isUnlocked, onVaultChange, vaultState, type VaultState } from './vault_state'
export { beforeLock, lock, startAutoLock } from './vault_lock'

export const PIN_TRIES = 10

/** `wrong`: how many tries are left. `wiped`: the readable part is gone, the password opens again. */
export type Unlocked = 'open' | 'wiped' | { wrong: number }

export async function hasVault(userId: string): Promise<boolean> {
  return (await personRow(userId))?.vault != null
}

/**
 * The first PIN of the person who is signed in; what was plain so far is closed under it.
 * @throws PhoneProblem pin_shape, pin_trivial, vault_exists, signed_out, storage_full, store_failed
 */
export async function createVault(userId: string, pin: string, iterations = PIN_ITERATIONS): Promise<void> {
  requireGoodPin(pin)
  if ((await requireSession()).user.id !== userId) throw new PhoneProblem('signed_out')
  // Boxes without a vault can never be opened again, so what the server can open of them is handed in.
  if (!(await hasVault(userId)) && (await hasClosedBoxes(userId))) await wipeVault(userId, { endsSession: false })
  const { vault, key } = await newVault(userId, pin, iterations)
  await changePerson(userId, (person) => {
    if (person.vault) throw new PhoneProblem('vault_exists')
    return { ...person, vault }
  })
  await enter(userId, key)
}

/**
 * Opens this person's part of the phone and makes it the current one; needs no network.
 * @throws PhoneProblem person_not_here, signed_out (left the phone: password first), store_failed
 */
export async function unlock(userId: string, pin: string): Promise<Unlocked> {
  // What takes long begins while the try is being counted; nothing is tried before that is on the disk.
  let stretching: Promise<CryptoKey> | undefined
  const { vault, tries } = await countTry(userId, (known) => { stretching = begun(stretchPin(pin, known)) })
  if (!vault || !stretching) return wipe(userId)
  const [rows, asked] = [begun(caseRowsOf(userId)), begun(deviceId())]
  const key = await openVault(userId, await stretching, vault)
  if (!key) return tries >= PIN_TRIES ? wipe(userId) : { wrong: PIN_TRIES - tries }
  const phone = await asked
  await writeOnce(['people', 'meta'], async (tx) => {
    const person = await tx.objectStore('people').get(userId)
    if (!person?.vault) throw new PhoneProblem('person_not_here')
    const opened = { ...person, vault: { ...person.vault, wrong_pins: 0 }, last_seen: new Date().toISOString() }
    await tx.objectStore('people').put(opened)
    await tx.objectStore('meta').put({ key: 'session', value: sessionOf(opened, phone) })
  })
  await enter(userId, key, rows)
  return 'open'
}

/** @throws PhoneProblem pin_shape, pin_trivial, pin_wrong; a wrong old PIN counts like a wrong try */
export async function changePin(
  userId: string, pins: { old: string; next: string }, iterations = PIN_ITERATIONS,
): Promise<'changed' | 'wiped'> {
  requireGoodPin(pins.next)
  const { vault, tries } = await countTry(userId)
  const next = vault && (await rewrapVault(userId, pins, vault, iterations))
  if (!next && (!vault || tries >= PIN_TRIES)) {
    await wipe(userId)
    return 'wiped'
  }
  if (!next) throw new PhoneProblem('pin_wrong')
  await changePerson(userId, (person) => ({ ...person, vault: next }))
  return 'changed'
}

/**
 * Gives up the forgotten PIN: what only it opened goes, the sealed copies of the drafts are handed in.
 * The person has just signed in with the password, and chooses a new PIN next.
 * @throws PhoneProblem signed_out
 */
export async function forgetPin(userId: string): Promise<void> {
  if (!isConfirmed(userId)) throw new PhoneProblem('signed_out')
  await wipeVault(userId, { endsSession: false })
  if (isUnlocked(userId)) dropKeys()
  tellAll()
}

/** Counts before anything is tried, so that a killed browser cannot try without end. */
async function countTry(userId: string, meanwhile = (_vault: VaultRow): void => {}): Promise<{ vault: VaultRow | null; tries: number }> {
  let counted: { vault: VaultRow | null; tries: number } = { vault: null, tries: PIN_TRIES }
  await changePerson(userId, (person) => {
    if (person.is_signed_out) throw new PhoneProblem('signed_out')
    if (!person.vault) throw new PhoneProblem('person_not_here')
    if (person.vault.wrong_pins >= PIN_TRIES) return person
    const vault = { ...person.vault, wrong_pins: person.vault.wrong_pins + 1 }
    counted = { vault, tries: vault.wrong_pins }
    meanwhile(vault)
    return { ...person, vault }
  })
  return counted
}

async function wipe(userId: string): Promise<'wiped'> {
  await wipeVault(userId, { endsSession: true })
  if (isUnlocked(userId)) dropKeys()
  await endServerSession(userId)
  tellAll()
  return 'wiped'
}

async function enter(userId: string, key: CryptoKey, rows?: Promise<CaseRow[]>): Promise<void> {
  keepOpen(userId, key)
  tellAll()
  if (rows) offerAhead(userId, rows)
  if (!isRush()) return closeLeft(userId)
  // Cut off or locked before, the next unlock does it.
  void afterRush().then(() => closeLeft(userId)).catch(() => null)
}

async function closeLeft(userId: string): Promise<void> {
  const { closeWhatIsPlain } = await import('./vault_reclose')
  await closeWhatIsPlain(userId)
}

function tellAll(): void {
  for (const change of ['session', 'cases', 'draft', 'items', 'finished'] as const) storeChanged(change)
}

async function changePerson(userId: string, change: (person: PersonRow) => PersonRow): Promise<void> {
  await writeOnce(['people'], async (tx) => {
    const person = await tx.objectStore('people').get(userId)
    if (!person) throw new PhoneProblem('person_not_here')
    await tx.objectStore('people').put(change(person))
  })
}

/** Waited for later, or not at all when something else fails first. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => null)
  return work
}
