import { expect, test } from 'vitest'
import { outboxNames } from '../src/composables/outbox_names'
import { householdsOf } from '../src/composables/outbox_rows'
import { saveNote } from '../src/store/notes'
import type { DraftEntry } from '../src/store/outbox_list'
import { freshWorld } from './support/world'

freshWorld()
const begun = (caseId: string): DraftEntry => ({ caseId, purpose: 'discovery', photos: 0, savedAt: '2026-07-09T09:00:00Z' })

test('a household that is being found is called as it was typed so far', async () => {
  await saveNote('new1', 'discovery', { name: '者玉梅', needs: [] })
  await saveNote('new2', 'discovery', { name: ' ', needs: [] })
  expect([...(await outboxNames([], [begun('new1'), begun('new2')]))]).toEqual([['new1', '者玉梅'], ['new2', '还没写名字的一户']])
})

test('what is still being written wears no sign of being done', () => {
  const entry = { item: { id: 'i1', kind: 'urgent' as const, caseId: 'c1', title: '丁生存', state: 'accepted' as const, savedAt: '2026-07-09T09:00:00Z', receiptNo: '3F7A-91C2', receivedAt: '2026-07-09T09:01:00Z' }, photos: [] }
  const { begun: open } = householdsOf({ entries: [entry], drafts: [{ ...begun('c1'), purpose: 'visit' }] }, new Map())
  expect(open.map((one) => [one.name, one.tag, one.receipts.length])).toEqual([['丁生存', null, 1]])
})
