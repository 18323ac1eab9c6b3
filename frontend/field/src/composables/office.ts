import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { Area, Township } from '../contract/api'
import { readMeta } from '../store/meta'
import { session } from './session'
import { useSync } from './sync'

export type Places = {
  townships: ComputedRef<Township[]>
  /** The villages the person is posted to; for who works in a whole township, all of its villages. */
  own: ComputedRef<Area[]>
  /** The other villages of these townships. */
  others: ComputedRef<Area[]>
}

const VILLAGE = 12
export const townshipCode = (area: string): string => area.slice(0, 9)

/** The offices this person works with, as the last pull told them. */
export function usePlaces(): Places {
  const { changes } = useSync()
  const known = shallowRef<Township[]>([])
  watch(changes, async () => {
    const offices = await readMeta('offices')
    known.value = offices?.[session.value?.user.id ?? '']?.townships ?? []
  }, { immediate: true })
  const posted = computed(() => session.value?.user.areas ?? [])
  const own = computed(() => {
    const whole = known.value.filter((town) => posted.value.some((area) => area.code === town.code)).flatMap((town) => town.villages)
    return [...posted.value.filter((area) => area.code.length === VILLAGE), ...whole]
  })
  const others = computed(() => {
    const mine = new Set(own.value.map((area) => area.code))
    return known.value.flatMap((town) => town.villages).filter((area) => !mine.has(area.code))
  })
  return { townships: computed(() => known.value), own, others }
}
