import { shallowRef, watch, type ShallowRef } from 'vue'
import { SHIPPED_PARAMETERS } from '../contract/rules'
import type { ParameterRow } from '../rules/parameters'
import { readMeta } from '../store/meta'
import { session } from './session'
import { useSync } from './sync'

const told = shallowRef<readonly ParameterRow[]>(SHIPPED_PARAMETERS)

/** What an office told that is older than this app, with what it knew nothing of as it was shipped. */
function whole(rows: readonly ParameterRow[]): readonly ParameterRow[] {
  const known = new Set(rows.map((row) => row.key))
  return [...SHIPPED_PARAMETERS.filter((row) => !known.has(row.key)), ...rows]
}

/** What the office last told of this person's areas; what the app was shipped with until it has told anything. */
export function useParameters(): Readonly<ShallowRef<readonly ParameterRow[]>> {
  const { changes } = useSync()
  watch(changes, async () => {
    const kept = await readMeta('parameters').catch(() => null)
    told.value = whole(kept?.[session.value?.user.id ?? '']?.rows ?? [])
  }, { immediate: true })
  return told
}
