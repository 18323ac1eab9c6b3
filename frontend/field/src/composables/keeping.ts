import type { LocalCase } from '../store/cases'
import { keepNumber, keptNumber } from '../store/dial'
import { revealPhone } from '../sync/reveal'
import type { Task } from './tasks'

/** As many as somebody can go to in two days; nobody takes a whole village's numbers along. */
export const MOST_NUMBERS = 20

/** The households to go to first that can be rung up. */
export function firstToGo(tasks: readonly Task[]): LocalCase[] {
  return tasks.filter((task) => task.tab === 'todo' && !task.item.gone && task.item.applicant.phone_masked).slice(0, MOST_NUMBERS).map((task) => task.item)
}

/** Of them those whose number is not on this phone yet. @throws PhoneProblem locked */
export async function withoutNumber(tasks: readonly Task[]): Promise<LocalCase[]> {
  const first = firstToGo(tasks)
  const kept = await Promise.all(first.map(keptNumber))
  return first.filter((_, at) => !kept[at])
}

/** Asks for each by itself, so that each is remembered by itself; `told` after each one. @throws PhoneProblem */
export async function keepNumbers(items: readonly LocalCase[], reason: string, told: (done: number) => void): Promise<void> {
  for (const [at, item] of items.entries()) {
    await keepNumber(item, await revealPhone(item.id, reason))
    told(at + 1)
  }
}
