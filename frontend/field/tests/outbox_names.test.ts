import { expect, test } from 'vitest'
import { outboxNames } from '../src/composables/outbox_names'
import { householdsOf } from '../src/composables/outbox_rows'
import { saveNote } from '../src/store/notes'
import type { DraftEntry } from '../src/store/outbox_list'
import { sampleCase } from './support/sample'
import { freshWorld } from './support/world'

freshWorld()
const begun = (caseId: string): DraftEntry => ({ caseId, purpose: 'discovery', photos: 0, savedAt: '2026-07-09T09:00:00Z' })

test('a household that is being found is called as it was typed so far', async () => {
  await saveNote('new1', 'discovery', { name: '者玉梅', needs: [] })
  await saveNote('new2', 'discovery', { name: ' ', needs: [] })
  expect([...(await outboxNames([], [begun('new1'), begun('new2')]))]).toEqual([['new1', '者玉梅'], ['new2', '还没写名字的一户']])
})

test('two of one name are told apart by their village', async () => {
  const [one, other] = [sampleCase({ id: 'c1' }), sampleCase({ id: 'c2' })]
  const away = { ...other!, area: { ...other!.area, village: '许湾村' } }
  const names = await outboxNames([one!, away, sampleCase({ id: 'c3', applicant: { ...one!.applicant, name: '者玉梅' } })], [])
  expect([names.get('c2'), names.get('c3')]).toEqual([`${one!.applicant.name}\u00a0· 许湾村`, '者玉梅'])
})

test('what is still being written wears no sign of being done', () => {
  const entry = { item: { id: 'i1', kind: 'urgent' as const, caseId: 'c1', title: '丁生存', state: 'accepted' as const, savedAt: '2026-07-09T09:00:00Z', receiptNo: '3F7A-91C2', receivedAt: '2026-07-09T09:01:00Z' }, photos: [] }
  const { begun: open } = householdsOf({ entries: [entry], drafts: [{ ...begun('c1'), purpose: 'visit' }] }, new Map())
  expect(open.map((one) => [one.name, one.tag, one.receipts.length])).toEqual([['丁生存', null, 1]])
})
