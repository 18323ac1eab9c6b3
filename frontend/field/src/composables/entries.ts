import { shallowRef, watch, type ShallowRef } from 'vue'
import type { ItemKind } from '../contract/api'
import { getCase, type LocalCase } from '../store/cases'
import { listOutbox, type OutboxEntry } from '../store/outbox'
import { useSync } from './sync'
import { tabOf } from './tasks'

type CaseEntries = { item: ShallowRef<LocalCase | null | undefined>; entries: ShallowRef<OutboxEntry[]>; isVisited: ShallowRef<boolean> }

/** A case, what was already finished for it here of one kind, and whether a visit was handed in; follows every change. */
export function useCaseEntries(caseId: string, kind: ItemKind): CaseEntries {
  const item = shallowRef<LocalCase | null>()
  const entries = shallowRef<OutboxEntry[]>([])
  const isVisited = shallowRef(false)
  const { changes } = useSync()
  watch(changes, async () => {
    const [known, all] = await Promise.all([getCase(caseId), listOutbox()])
    const own = all.filter((entry) => entry.item.caseId === caseId)
    isVisited.value = !!known && tabOf(known, own.find((entry) => entry.item.kind === 'visit')) === 'visited'
    entries.value = own.filter((entry) => entry.item.kind === kind)
    item.value = known
  }, { immediate: true })
  return { item, entries, isVisited }
}
