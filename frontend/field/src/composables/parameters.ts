import { shallowRef, watch, type ShallowRef } from 'vue'
import { SHIPPED_PARAMETERS } from '../contract/rules'
import type { ParameterRow } from '../rules/parameters'
import { readMeta } from '../store/meta'
import { session } from './session'
import { useSync } from './sync'

const told = shallowRef<readonly ParameterRow[]>(SHIPPED_PARAMETERS)

/** What the office last told of this person's areas; what the app was shipped with until it has told anything. */
export function useParameters(): Readonly<ShallowRef<readonly ParameterRow[]>> {
  const { changes } = useSync()
  watch(changes, async () => {
    const kept = await readMeta('parameters').catch(() => null)
    told.value = kept?.[session.value?.user.id ?? '']?.rows ?? SHIPPED_PARAMETERS
  }, { immediate: true })
  return told
}
