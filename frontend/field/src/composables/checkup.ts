import { shallowRef } from 'vue'
import type { Router } from 'vue-router'
import { runSelfTest, type SelfTestItem } from '../store/self_test'

/** The last look at this phone in this window. */
export const checks = shallowRef<SelfTestItem[]>()
const KEY = 'ruhu-checked'
type Last = { version: string; all: number; bad: number }

export function failuresFirst(items: SelfTestItem[]): SelfTestItem[] {
  return [...items].sort((left, right) => Number(left.ok) - Number(right.ok))
}

export async function checkAgain(): Promise<SelfTestItem[]> {
  checks.value = failuresFirst(await runSelfTest())
  const last: Last = { version: __APP_VERSION__, all: checks.value.length, bad: checks.value.filter((item) => !item.ok).length }
  try {
    localStorage.setItem(KEY, JSON.stringify(last))
  } catch {
    // Only the line in 我的 does without it.
  }
  return checks.value
}

export function lastCheck(): Last | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Last | null
  } catch {
    return null
  }
}

/** Once per version, as soon as the app stands; what fails is shown before anything is typed. */
export async function checkOnFirstStart(router: Router): Promise<void> {
  if (lastCheck()?.version === __APP_VERSION__) return
  await router.isReady()
  const items = await checkAgain()
  const isFree = ['login', 'tasks'].includes(String(router.currentRoute.value.name))
  if (isFree && items.some((item) => !item.ok)) await router.push({ name: 'check', query: { first: '' } })
}
