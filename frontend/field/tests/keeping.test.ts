import { expect, test } from 'vitest'
import { firstToGo, keepNumbers, MOST_NUMBERS, withoutNumber } from '../src/composables/keeping'
import { byUrgency, taskOf, type Task } from '../src/composables/tasks'
import { listCases } from '../src/store/cases'
import { keptNumber } from '../src/store/dial'
import { syncNow } from '../src/sync/sender'
import { sampleCase } from './support/sample'
import { freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const NOW = Date.parse('2026-07-08T12:00:00Z')
const asked: string[] = []

async function households(count: number): Promise<Task[]> {
  asked.length = 0
  world.server.cases = Array.from({ length: count }, (_, at) => sampleCase({ id: `case-${at}`, revision: 9 }))
  await syncNow()
  const sources = { fills: new Map(), outbox: [], seen: new Set<string>(), now: NOW }
  return (await listCases()).map((item) => taskOf(item, sources)).sort(byUrgency)
}

/** The office tells so many numbers, then the line is cut. */
function tells(most: number): void {
  world.server.fault = ({ path }) => {
    const found = /cases\/case-(\d+)\/phone-reveals$/.exec(path)
    if (!found) return undefined
    if (asked.length >= most) return 'drop_before'
    asked.push(found[1]!)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ phone: `1200000000${found[1]}` }) }
  }
}

test('each number is asked for by itself and rung again without a network', async () => {
  const tasks = await households(3)
  tells(9)
  const told: number[] = []
  await keepNumbers(await withoutNumber(tasks), '没网时联系入户', (at) => told.push(at))
  expect([asked.length, new Set(asked).size, told]).toEqual([3, 3, [1, 2, 3]])
  await restartPhone()
  expect(await Promise.all(tasks.map((task) => keptNumber(task.item)))).toEqual(tasks.map((task) => `1200000000${task.item.id.slice(5)}`))
  expect(await withoutNumber(tasks)).toEqual([])
})

test('a line that is cut leaves what it brought, and the rest is asked for again', async () => {
  const tasks = await households(3)
  tells(2)
  await expect(keepNumbers(await withoutNumber(tasks), '没网时联系入户', () => undefined)).rejects.toMatchObject({ code: 'offline' })
  expect(await withoutNumber(tasks)).toHaveLength(1)
})

test('nobody takes a whole village along, nor numbers of those who need no visit', async () => {
  const tasks = await households(MOST_NUMBERS + 5)
  expect(firstToGo(tasks)).toHaveLength(MOST_NUMBERS)
  const [one, ...others] = tasks.slice(0, 3) as [Task, Task, Task]
  const mute = { ...one.item, applicant: { ...one.item.applicant, phone_masked: '' } }
  expect(firstToGo([{ ...one, item: mute }, { ...others[0]!, tab: 'visited' }, { ...others[1]!, item: { ...others[1]!.item, gone: true } }])).toEqual([])
})
