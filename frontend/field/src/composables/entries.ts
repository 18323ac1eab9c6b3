import { shallowRef, watch, type ShallowRef } from 'vue'
import type { ItemKind } from '../contract/api'
import { getCase, type LocalCase } from '../store/cases'
import { listOutbox, type OutboxEntry } from '../store/outbox'
import { useSync } from './sync'

type CaseEntries = { item: ShallowRef<LocalCase | null | undefined>; entries: ShallowRef<OutboxEntry[]> }

/** A case and what was already finished for it here, of one kind; follows every change. */
export function useCaseEntries(caseId: string, kind: ItemKind): CaseEntries {
  const item = shallowRef<LocalCase | null>()
  const entries = shallowRef<OutboxEntry[]>([])
  const { changes } = useSync()
  watch(changes, async () => {
    item.value = await getCase(caseId)
    entries.value = (await listOutbox()).filter((entry) => entry.item.caseId === caseId && entry.item.kind === kind)
  }, { immediate: true })
  return { item, entries }
}
