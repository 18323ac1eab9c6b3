import 'fake-indexeddb/auto'
import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Phone, PIN, type Kind } from './phone'
import { holds } from './receipt'
import { AROUND, type Program, type Start } from './window'
import { Wire } from './wire'

type Facts = {
  server: number; line: number; seed: number; receipt_key: JsonWebKey; password: string; cases: string[]; pictures: string[]
  phones: string[]
}
/** What one phone held and was told of in the end, for the office's books. */
type Told = {
  made: Record<string, string>; shots: Record<string, string>; kept: Record<string, string>
  outbox: string[]; album: string[]; waiting: string[]; wrong: string[]; kills: number
}
const COLD: Kind = { rows: null, cookie: '', hasLocks: true, canCompress: true }
const MOST_WAITING = 20
const MOST_ROUNDS = 200
const KILLED = 0.1
/** Writes and requests. */
const LONGEST_FUSE = 12

/** What a killed window leaves behind is nobody's failure. */
process.on('unhandledRejection', (cause: any) => {
  const deepest = cause?.cause ?? cause
  if (deepest?.name !== 'AbortError' && deepest?.message !== 'killed') throw cause
})

/** The shipped program of several phones over real sockets, until "good" comes on standard input; then what waits goes. */
export async function run({ program, facts }: { program: string; facts: Facts }): Promise<boolean> {
  const start = new Function(...AROUND, `${program}\nreturn program`) as (...around: unknown[]) => Program
  const key = createPublicKey({ key: facts.receipt_key as any, format: 'jwk' })
  const wires = facts.phones.map(() => new Wire(facts.server))
  const hands = facts.phones.map((username, number) => new Hand(new Phone(start as Start, wires[number]!, COLD, () => 0), facts, username, draws(facts.seed + number)))
  const office = createInterface(process.stdin)
  const asked = (what: string): Promise<string> => {
    process.stdout.write(`${what}\n`)
    return new Promise((resolve) => office.once('line', resolve))
  }
  for (const hand of hands) await hand.begin(() => asked(hand.username))
  wires.forEach((wire) => (wire.port = facts.line))
  let isGood = false
  void asked('ready').then(() => {
    isGood = true
    office.close()
  })
  const told = await Promise.all(hands.map((hand) => hand.work(() => isGood, key)))
  process.stdout.write(`${JSON.stringify(told)}\n`)
  return true
}

/** One person and their phone. */
class Hand {
  private readonly made = new Set<string>()
  private readonly shots: Record<string, string> = {}
  private readonly wrong: string[] = []
  private kills = 0
  private readonly phone: Phone<Wire>
  private readonly facts: Facts
  readonly username: string
  private readonly chance: () => number

  constructor(phone: Phone<Wire>, facts: Facts, username: string, chance: () => number) {
    this.phone = phone
    this.facts = facts
    this.username = username
    this.chance = chance
  }

  /** A worker's newest code is the only one that holds. */
  async begin(askCode: () => Promise<string>): Promise<void> {
    const window = await this.phone.window(0)
    await this.phone.signIn(window, this.username, this.facts.password)
    await window.program.enrol(await askCode())
    const report = await window.program.syncNow()
    if (!report.ok || this.phone.cases().length === 0) throw new Error(`the phone does not work on a good line: ${JSON.stringify(report)}`)
  }

  async work(isGood: () => boolean, key: KeyObject): Promise<Told> {
    while (!isGood()) {
      if (this.waiting().length < MOST_WAITING) await this.make()
      await this.round(this.chance() < KILLED ? 1 + Math.floor(this.chance() * LONGEST_FUSE) : Infinity)
    }
    for (let round = 0; round < MOST_ROUNDS && !this.isDone(); round += 1) await this.round(Infinity)
    return this.tell(key)
  }

  /** Finishes one thing, perhaps with a photo; what the program calls finished counts. */
  private async make(): Promise<void> {
    const { program } = await this.phone.window(0)
    const caseId = this.oneOf(this.facts.cases)
    const kind = this.oneOf(['visit', 'observation', 'observation', 'attempt', 'urgent'] as const)
    const text = `看到的事 ${Math.floor(this.chance() * 1e9)}`
    const at = new Date().toISOString()
    if ((kind === 'observation' || kind === 'visit') && this.chance() < 0.5) await this.shoot(program, caseId, kind)
    if (kind === 'visit') await program.saveAnswers(caseId, { ...(await program.loadDraft(caseId)).answers, remark: text })
    const finished = kind === 'visit' ? await program.finishVisit(caseId)
      : kind === 'observation' ? await program.finishObservation(caseId, { observed_at: at, text, facts: { cattle: 2 } })
        : kind === 'attempt' ? await program.finishAttempt(caseId, { attempted_at: at, result: 'away', reason: text, witness: '' })
          : await program.reportUrgent(caseId, { reported_at: at, text })
    this.made.add(finished.id)
  }

  private async shoot(program: Program, caseId: string, purpose: 'visit' | 'observation'): Promise<void> {
    const bytes = new Uint8Array(Buffer.concat([Buffer.from(this.oneOf(this.facts.pictures), 'base64'), randomBytes(8)]))
    const kept = await program.keepPhoto({ caseId, purpose, kind: 'house', takenAt: new Date().toISOString(), source: 'camera' }, bytes)
    this.shots[kept.id] = createHash('sha256').update(bytes).digest('hex')
  }

  /** One contact; at the fuse's end the browser is killed, and opened again without a network. */
  private async round(fuse: number): Promise<void> {
    const window = await this.phone.window(0)
    window.fuse = fuse
    const end = await Promise.race([window.program.syncNow(), window.died])
    window.fuse = Infinity
    if (end !== 'died') return
    this.kills += 1
    this.phone.crash()
    const { program } = await this.phone.window(0)
    await program.restoreSession()
    if ((await program.unlock(this.phone.people()[0]!.user_id, PIN)) !== 'open') this.wrong.push('the PIN opens nothing')
  }

  private waiting(): string[] {
    const { items, photos } = this.phone.waiting()
    return [...items, ...photos].map((row) => row.id)
  }

  private isDone(): boolean {
    return this.waiting().length === 0 && this.phone.items().every((row) => row.verdict)
  }

  private tell(key: KeyObject): Told {
    const items = new Map(this.phone.items().map((row) => [row.id, row]))
    const told: Told = { made: {}, shots: {}, kept: {}, outbox: [], album: [], waiting: [], wrong: this.wrong, kills: this.kills }
    for (const id of this.made) {
      const row = items.get(id)
      if (row) this.note(told, 'made', id, row.envelope.sha256, row.receipt, key)
      else this.wrong.push(`${id} said to be finished and is not on the phone`)
      if (row && !row.receipt) told.outbox.push(id)
      if (row?.receipt && !row.verdict) told.waiting.push(id)
    }
    const photos = new Map(this.phone.photos().map((row) => [row.id, row]))
    for (const [id, sha256] of Object.entries(this.shots)) {
      const row = photos.get(id)
      if (!row) this.wrong.push(`photo ${id} said to be kept and is not on the phone`)
      // Of a form that nobody finished any more.
      else if (row.item_id) this.note(told, 'shots', id, sha256, row.receipt, key)
      if (row?.item_id && !row.receipt) told.album.push(id)
    }
    return told
  }

  private note(told: Told, where: 'made' | 'shots', id: string, sha256: string, receipt: unknown, key: KeyObject): void {
    told[where][id] = sha256
    if (!receipt) return
    told.kept[id] = sha256
    if (!holds(receipt, id, sha256, key)) this.wrong.push(`${id} ended without a receipt that holds`)
  }

  private oneOf<T>(values: readonly T[]): T {
    return values[Math.floor(this.chance() * values.length)]!
  }
}

/** Numbers in 0 ≤ n < 1 that come again with their seed (a linear congruence is enough to choose by). */
function draws(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
