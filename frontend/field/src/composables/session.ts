import { computed, ref, shallowRef } from 'vue'
import { onceMore } from '../store/once_more'
import { whoIsHere, type Person } from '../store/people'
import { signIn, signOut, type Session } from '../store/session'
import { onStoreChange } from '../store/signal'
import { onVaultChange, vaultState } from '../store/vault_state'
import { requestSync } from './sync'

export const session = shallowRef<Session | null>(null)
/** Everybody who signed in on this phone; undefined until the store was asked. */
export const persons = shallowRef<Person[]>()
/** Who is asked for the PIN instead of the person who used the phone last. */
export const chosen = ref<string | null>(null)
/** Whose PIN was wrong ten times in this window, and what of theirs still waits. */
export const wiped = shallowRef<{ person: Person; waiting: number } | null>(null)

const openFor = ref(vaultState().openFor)
let asking: Promise<void> | undefined

onVaultChange((state) => { openFor.value = state.openFor })
onStoreChange((change) => {
  if (change === 'session') void readAgain()
})

/** What stands between the person and the work: nothing (`open`), a PIN, a PIN to be chosen, the password. */
export type Gate = 'asking' | 'open' | 'locked' | 'unset' | 'out'
type Facts = { userId: string | null; persons: Person[] | undefined; openFor: string | null; chosen: string | null }

export function canUnlock(person: Person): boolean {
  return person.hasVault && !person.isSignedOut
}

export function gateOf(facts: Facts): Gate {
  if (!facts.persons) return 'asking'
  const other = facts.persons.find((person) => person.userId === facts.chosen)
  if (other && canUnlock(other) && other.userId !== facts.openFor) return 'locked'
  if (facts.userId && facts.openFor === facts.userId) return 'open'
  const current = facts.persons.find((person) => person.userId === facts.userId)
  if (facts.userId && !current?.hasVault) return 'unset'
  return facts.persons.some(canUnlock) ? 'locked' : 'out'
}

export const gate = computed(() => gateOf({
  userId: session.value?.user.id ?? null, persons: persons.value, openFor: openFor.value, chosen: chosen.value,
}))

/** The session kept on this phone. */
export async function knownSession(): Promise<Session | null> {
  asking ??= read()
  await asking
  return session.value
}

export async function readAgain(): Promise<void> {
  asking = read()
  await asking
}

export async function enter(username: string, password: string): Promise<Session> {
  const entered = await signIn(username, password)
  chosen.value = null
  wiped.value = null
  await readAgain()
  requestSync()
  return entered
}

export async function leave(): Promise<void> {
  await signOut()
  await readAgain()
}

const read = onceMore(async () => {
  const { session: found, persons: known } = await whoIsHere()
  session.value = found
  persons.value = known
})
