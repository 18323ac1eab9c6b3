import type { RouteLocationRaw } from 'vue-router'
import type { DraftEntry } from '../store/outbox_list'

/** Where something begun is gone on with. */
export function draftPlace({ caseId, purpose }: Pick<DraftEntry, 'caseId' | 'purpose'>): RouteLocationRaw {
  const name = { visit: 'case', observation: 'observe', attempt: 'attempt', urgent: 'urgent', explanation: 'explain', extension: 'attempt', discovery: 'discover' }[purpose]
  return { name, params: purpose === 'discovery' ? {} : { id: caseId } }
}
