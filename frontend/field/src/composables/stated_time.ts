import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue'
import { instantOf, timeFault, type TimeFault } from '../rules/stated_times'
import { isSkewed, serverOffsetMs } from '../store/clock'
import type { OpenForm } from './draft'
import { isoDay, wallText } from './time'

export type StatedTime = {
  /** What stands: said, or as the phone had it; the end null while the visit goes on. */
  start: ComputedRef<number>
  end: ComputedRef<number | null>
  /** The phone's own beginning, where another was said. */
  device: ComputedRef<number | null>
  now: () => number
  faultOf: (start: string, end: string) => TimeFault
  keep: (start: string, end: string) => void
}

/**
 * When the visit was, on the clock on the wall: a phone known to be wrong keeps its own times, which the office sets
 * right, and everything shown or said here is set right on the spot.
 */
export function useStatedTime(form: OpenForm): StatedTime {
  const { item, answers, draft, set } = form
  const ahead = useKnownSkew()
  const onWall = (device: number): number => device + ahead.value
  const began = computed(() => instantOf(answers.value.started_at) ?? instantOf(draft.value?.startedAt) ?? Date.now())
  const said = computed(() => instantOf(answers.value.visited_at))
  const ended = computed(() => instantOf(answers.value.ended_at))
  const now = (): number => onWall(Date.now())

  function faultOf(start: string, end: string): TimeFault {
    const at = now()
    const told = { start: instantOf(start), end: instantOf(end) }
    const publishedAt = instantOf(item.value?.published_at) ?? 0
    return timeFault(told, { now: at, publishedAt, isOtherDay: start.slice(0, 10) < isoDay(at) })
  }
  function keep(start: string, end: string): void {
    const onPhone = (text: string): string | undefined => {
      const at = instantOf(text)
      return at === null ? undefined : new Date(at - ahead.value).toISOString()
    }
    const isAsBefore = start === wallText(onWall(began.value))
    set({ visited_at: isAsBefore ? undefined : onPhone(start), ended_at: onPhone(end) })
  }
  return {
    start: computed(() => onWall(said.value ?? began.value)),
    end: computed(() => (ended.value === null ? null : onWall(ended.value))),
    device: computed(() => (said.value === null ? null : onWall(began.value))),
    now, faultOf, keep,
  }
}

function useKnownSkew(): Ref<number> {
  const ahead = ref(0)
  onMounted(async () => {
    const offset = await serverOffsetMs()
    ahead.value = isSkewed(offset) ? offset : 0
  })
  return ahead
}
