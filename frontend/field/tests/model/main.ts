import 'fake-indexeddb/auto'
import { createPublicKey, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { Line } from './line'
import { Office } from './office'
import { Phone, type Kind } from './phone'
import { settle } from './settle'
import { schedules, type Step } from './steps'
import { verify, type Verdict } from './verify'
import { AROUND, type Program, type Start } from './window'
import { World, type Setting } from './world'

type Asked = {
  program: string; schedules: number; seed: number; path?: string; schedule?: Step[]; python: string; root: string
}
const COLD: Kind = { rows: null, cookie: '', hasLocks: true, canCompress: false }
const tally: Record<string, number> = { schedules: 0, commands: 0, 'faults injected': 0, items: 0, photos: 0, lost: 0, duplicate: 0, stuck: 0, 'phone ms': 0, 'server ms': 0 }

/** What a killed window leaves behind is nobody's failure; anything else that nobody caught is. */
const uncaught: string[] = []
process.on('unhandledRejection', (cause: any) => {
  const deepest = cause?.cause ?? cause
  if (deepest?.name !== 'AbortError' && deepest?.message !== 'killed') uncaught.push(String(cause?.stack ?? cause))
})

/** @returns whether nothing was lost, doubled or stuck; prints the tally as JSON, and a failure as it can be replayed */
export async function run(asked: Asked): Promise<boolean> {
  const start = new Function(...AROUND, `${asked.program}\nreturn program`) as (...around: unknown[]) => Program
  const office = await new Office(asked.python, asked.root).open()
  try {
    const setting = await furnish(start, office)
    const key = createPublicKey({ key: office.facts.receipt_key as any, format: 'jwk' })
    const property = fc.asyncProperty(schedules, (steps) => tryOne(setting, key, steps))
    if (asked.schedule) {
      await tryOne(setting, key, asked.schedule)
      return true
    }
    const before = await spent(office)
    const details = await fc.check(property, {
      numRuns: asked.schedules, seed: asked.seed, ...(asked.path && { path: asked.path, numRuns: 1 }), interruptAfterTimeLimit: undefined,
    } as fc.Parameters<[Step[]]>)
    const after = await spent(office)
    tally['phone ms']! += after.phone - before.phone
    tally['server ms']! += after.server - before.server
    if (details.failed) tell(details)
    return !details.failed
  } finally {
    office.close()
    process.stdout.write(`${JSON.stringify(tally)}\n`)
  }
}

/** Milliseconds of processor time. */
async function spent(office: Office): Promise<{ phone: number; server: number }> {
  const { user, system } = process.cpuUsage()
  return { phone: Math.round((user + system) / 1000), server: await office.ask<number>('spent') }
}

function tell(details: fc.RunDetails<[Step[]]>): void {
  const [steps] = details.counterexample ?? [[]]
  const again = `cd frontend/field && node tests/model/run.mjs --seed ${details.seed} --path ${details.counterexamplePath}`
  process.stderr.write(`\n${(details.errorInstance as Error)?.stack}\nafter ${details.numRuns} schedules, ${details.numShrinks} times shrunk\n`)
  process.stderr.write(`${steps.map((step) => JSON.stringify(step)).join('\n')}\nagain: ${again}\nor: node tests/model/run.mjs --schedule '${JSON.stringify(steps)}'\n`)
}

async function tryOne(setting: Setting, key: KeyObject, steps: Step[]): Promise<void> {
  await setting.office.ask('back', { name: 'template', is_fresh: true })
  setting.office.barred.clear()
  const world = new World(setting)
  try {
    for (const step of steps) await world.take(step)
    await settle(world)
    const verdict = await verify(world, key)
    verdict.wrong.push(...uncaught.splice(0))
    count(world, steps, verdict)
  } finally {
    world.phones.forEach((phone) => phone.crash())
  }
}

function count(world: World, steps: Step[], { lost, duplicate, stuck, wrong }: Verdict): void {
  tally.schedules! += 1
  tally.commands! += steps.length
  const onTheLine = world.phones.flatMap((phone) => Object.values(phone.line.injected))
  tally['faults injected']! += onTheLine.reduce((sum, one) => sum + one, 0) + world.crashes + world.jumps + world.restores
  tally.items! += world.truth.made.size
  tally.photos! += world.truth.shots.size
  tally.lost! += lost.length
  tally.duplicate! += duplicate.length
  tally.stuck! += stuck.length
  const all = Object.entries({ lost, duplicate, stuck, wrong }).flatMap(([name, ones]) => ones.map((one) => `${name}: ${one}`))
  if (all.length > 0) throw new Error(all.join('\n'))
}

/** Two phones that are at work already and one that is new; every schedule begins with these. */
async function furnish(start: Start, office: Office): Promise<Setting> {
  const both = new Phone(start, new Line(office, '10.0.0.1'), COLD, () => 0)
  await enter(both, office, 1, true)
  await enter(both, office, 0, false)
  const one = new Phone(start, new Line(office, '10.0.0.2'), COLD, () => 0)
  await enter(one, office, 1, true)
  const kinds = [both, one].map((phone): Kind => ({ ...COLD, rows: phone.dump(), cookie: phone.line.cookie }))
  await office.ask('keep', { name: 'template' })
  return { start, office, began: Date.now(), kinds: [kinds[0]!, { ...kinds[1]!, canCompress: true, hasLocks: false }, COLD] }
}

async function enter(phone: Phone, office: Office, user: number, isEnrolling: boolean): Promise<void> {
  const window = await phone.window(0)
  await phone.signIn(window, office.facts.users[user]!.username, office.facts.password)
  if (isEnrolling) await window.program.enrol(await office.ask('code', { user }))
  const report = await window.program.syncNow()
  if (!report.ok || phone.cases().length === 0) throw new Error(`the model's own phone does not work: ${JSON.stringify(report)}`)
}
