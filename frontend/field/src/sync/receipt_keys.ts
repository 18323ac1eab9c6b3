import { openStore } from '../store/db'

/** The keys by which a receipt for this person's work may be signed: theirs first, then what others met later. */
export async function receiptKeysFor(userId: string): Promise<JsonWebKey[]> {
  const people = await (await openStore()).getAll('people')
  const own = people.filter((person) => person.user_id === userId)
  const others = people.filter((person) => person.user_id !== userId)
  const seen = new Set<string>()
  return [...own, ...others.sort((left, right) => (left.last_seen < right.last_seen ? 1 : -1))]
    .map((person) => person.receipt_key)
    .filter((key) => !seen.has(`${key.x}`) && seen.add(`${key.x}`))
}
