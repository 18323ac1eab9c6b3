import { shallowRef } from 'vue'
import type { Router } from 'vue-router'
import { readMeta } from '../store/meta'
import { runSelfTest, type CheckName, type SelfTestItem } from '../store/self_test'
import { isSwitchedOff } from '../sync/app_update'

/** The last look at this phone in this window, what fails first. */
export const checks = shallowRef<SelfTestItem[]>()
const KEY = 'ruhu-checked'
const WORKER_MS = 30_000
/** Browsers promise this only to who uses the page for a while, so it does not stand in the way of a first start. */
const MAY_COME_LATER: CheckName[] = ['persist']
const AT_EACH_START: CheckName[] = ['worker', 'write', 'persist', 'quota']
type Last = { version: string; all: number; bad: number }

export function failuresFirst(items: SelfTestItem[]): SelfTestItem[] {
  return [...items].sort((left, right) => Number(left.ok) - Number(right.ok))
}

export async function checkAgain(): Promise<SelfTestItem[]> {
  const found = failuresFirst(await runSelfTest())
  checks.value = found
  remember({ version: __APP_VERSION__, all: found.length, bad: found.filter((item) => !item.ok).length })
  return found
}

/** What costs nothing once more: a browser promises some of it only after a while, and then it is no fault any longer. */
export async function checkFew(): Promise<SelfTestItem[]> {
  const found = await runSelfTest(AT_EACH_START)
  const last = lastCheck()
  const told = (await readMeta('self_test').catch(() => null)) ?? 'ok'
  if (last) remember({ ...last, bad: told === 'ok' ? 0 : told.split(',').length })
  return found
}

function remember(last: Last): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(last))
  } catch {
    // Only the line in 我的 does without it.
  }
}

export function lastCheck(): Last | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Last | null
  } catch {
    return null
  }
}

/**
 * At each start what costs nothing, and everything once per version or when that fails; when the worker had its time.
 * What fails is shown, but never over something being typed.
 */
export async function checkOnStart(router: Router): Promise<void> {
  await Promise.race([navigator.serviceWorker.ready, new Promise((resolve) => setTimeout(resolve, WORKER_MS))])
  const isKnown = lastCheck()?.version === __APP_VERSION__
  if (isKnown && !standsInTheWay(await checkFew())) return
  if (!standsInTheWay(await checkAgain())) return
  await router.isReady()
  if (isFree(router)) return void (await router.push({ name: 'check', query: { first: '' } }))
  const stop = router.afterEach(() => {
    if (!isFree(router)) return
    stop()
    void router.push({ name: 'check', query: { first: '' } })
  })
}

function standsInTheWay(items: SelfTestItem[]): boolean {
  // No phone can help it that the office took the worker away.
  const isTaken = (item: SelfTestItem): boolean => item.key === 'worker' && isSwitchedOff()
  return items.some((item) => !item.ok && !MAY_COME_LATER.includes(item.key) && !isTaken(item))
}

function isFree(router: Router): boolean {
  const isTyping = document.activeElement instanceof HTMLInputElement
  return !isTyping && ['login', 'tasks'].includes(String(router.currentRoute.value.name))
}
