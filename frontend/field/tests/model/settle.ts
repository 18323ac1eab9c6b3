import type { Phone } from './phone'
import type { World } from './world'

const MOST_ROUNDS = 8
/** On a good line a round that changed nothing changes nothing the next time either; one more is fair. */
const MOST_IN_VAIN = 2
/** Of contacts that nobody needs, one in so many is made all the same. */
const SOMETIMES = 4
/** Longer than a killed sender keeps the others waiting, and than five wrong passwords close an account. */
const PATIENCE = 20 * 60

/** Their account; what they made stays. */
export function isClosed(world: World, user: string): boolean {
  return [...world.closed].some((one) => world.users[one]!.id === user)
}

/** The network is well and everybody comes by: rounds until nothing waits, as many as are fair. */
export async function settle(world: World): Promise<void> {
  await world.settleLines()
  await world.take({ do: 'pass', seconds: PATIENCE })
  // A phone may come into use only when a rescue file is brought to it.
  const used = (): Phone[] => world.phones.filter((phone) => phone.isUsed)
  if (world.restores > 0) await reopen(world)
  for (const phone of used()) await come(world, phone)
  for (const phone of used()) if (isWaiting(phone)) await bringElsewhere(world, phone)
  for (const phone of used()) if (isWaiting(phone)) await come(world, phone)
  for (const phone of used()) if (isWaiting(phone)) await somebodyElse(world, phone)
  await world.settleLines()
  if (world.office.barred.size > 0) await lift(world)
}

/** What the server fails at waits, and nothing else does; once the server is mended, it goes, too. */
async function lift(world: World): Promise<void> {
  const { barred } = world.office
  for (const phone of world.phones.filter((one) => one.isUsed)) {
    const { items, photos } = phone.waiting()
    const held = [...items, ...photos.filter((row) => !barred.has(row.item_id ?? ''))]
      .filter((row) => !barred.has(row.id) && !isClosed(world, row.user_id))
    for (const row of held) world.truth.heldUp.push(`${row.id} waits behind what the server fails at: ${JSON.stringify(row.refused)}`)
  }
  barred.clear()
  await settle(world)
}

/** Each person who works on this phone signs in or unlocks, and lets it send. */
async function come(world: World, phone: Phone): Promise<void> {
  const known = phone.people().map((person) => person.user_id)
  let hasCome = false
  for (const user of world.users) {
    if (!known.includes(user.id) || !hasReason(world, phone, user.id, hasCome)) continue
    hasCome = true
    const window = await phone.window(0)
    try {
      if (!(await phone.enter(window, user.id))) await phone.signIn(window, user.username, world.office.facts.password)
    } catch (cause) {
      if (!['bad_credentials', 'locked_out'].includes((cause as { code: string }).code)) world.wrong.push(`coming back: ${cause as Error} ${(cause as Error).stack}`)
    }
    await rounds(world, phone, user)
  }
}

/** Who has nothing to hand in and nothing to be given back need not come. */
function hasReason(world: World, phone: Phone, user: string, hasCome: boolean): boolean {
  if (isWaiting(phone, user)) return true
  const hasForms = [...phone.rows('drafts'), ...phone.rows('notes')].some((row) => row.user_id === user)
  const isOut = phone.people().some((person) => person.user_id === user && person.is_signed_out)
  const isWiped = world.wiped.has(user)
  if (hasForms && (isOut || isWiped || world.restores > 0)) return true
  // A restored server lacks what anybody here handed in, and whoever comes first lets the phone notice it.
  if (world.restores > 0 && !hasCome && phone.items().length + phone.photos().length > 0) return true
  const mayHear = world.restores > 0 || isWiped || phone.items().some((row) => row.user_id === user && !row.verdict)
  return mayHear && world.taken % SOMETIMES === 0
}

async function rounds(world: World, phone: Phone, user: { id: string; username: string }): Promise<void> {
  const { program } = await phone.window(0)
  let before = ''
  let inVain = 0
  for (let round = 0; round < MOST_ROUNDS && inVain < MOST_IN_VAIN; round += 1) {
    const report = await program.syncNow()
    if (report.ok && !isWaiting(phone, user.id)) return
    const { items, photos } = phone.waiting()
    const now = JSON.stringify([report, items.map((row) => [row.id, row.refused?.code]), photos.map((row) => [row.id, row.refused?.code, row.sent_bytes])])
    inVain = now === before ? inVain + 1 : 0
    before = now
    if (report.error === 'signed_out' && phone.session() === user.id) {
      await phone.signIn(await phone.window(0), user.username, world.office.facts.password).catch(() => null)
    }
  }
}

function isWaiting(phone: Phone, user?: string): boolean {
  const { items, photos } = phone.waiting()
  return [...items, ...photos].some((row) => user === undefined || row.user_id === user)
}

/** A phone nobody knows, of a person whose account is closed: its work goes out through a rescue file. */
async function bringElsewhere(world: World, phone: Phone): Promise<void> {
  const other = world.phones.find((one) => one !== phone)!
  if (world.closed.size === 2) await reopen(world)
  await world.carry(phone, other)
  await come(world, other)
}

/** Work carried to a phone on which nobody can sign in any more, or nobody ever did. */
async function somebodyElse(world: World, phone: Phone): Promise<void> {
  const user = world.users.find((_user, number) => number < 2 && !world.closed.has(number))
  if (!user) return
  await phone.signIn(await phone.window(0), user.username, world.office.facts.password)
  await rounds(world, phone, user)
}

async function reopen(world: World): Promise<void> {
  for (const user of world.closed) await world.office.ask('set_account', { user, is_open: true })
  world.closed.clear()
  await world.take({ do: 'pass', seconds: PATIENCE })
}
