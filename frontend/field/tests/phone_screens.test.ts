import { expect, test } from 'vitest'
import { differencesOf } from '../src/composables/comparison'
import { unfitnessOf } from '../src/composables/fitness'
import { lossWords } from '../src/composables/loss_words'
import { householdCounts } from '../src/composables/outbox_counts'
import { householdsOf } from '../src/composables/outbox_rows'
import { gateOf } from '../src/composables/session'
import { sizeText } from '../src/composables/sizes'
import { waitingFor } from '../src/composables/waiting'
import type { OutboxEntry, OutboxPhoto } from '../src/store/outbox_list'
import type { Person } from '../src/store/people'

const person = (userId: string, change: Partial<Person> = {}): Person => ({
  userId, name: userId, username: userId, roleLabel: '', hasVault: true, isSignedOut: false, isCurrent: false, lastSeen: '', ...change,
})
const facts = { userId: 'a', persons: [person('a', { isCurrent: true }), person('b')], openFor: null, chosen: null }

test('only the one whose part is open gets in, whoever the session names', () => {
  expect(gateOf({ ...facts, persons: undefined })).toBe('asking')
  expect(gateOf(facts)).toBe('locked')
  expect(gateOf({ ...facts, openFor: 'a' })).toBe('open')
  expect(gateOf({ ...facts, openFor: 'b' })).toBe('locked')
  expect(gateOf({ ...facts, openFor: 'a', chosen: 'b' })).toBe('locked')
})

test('a person without a PIN chooses one, and may let another go first', () => {
  const fresh = { ...facts, persons: [person('a', { hasVault: false, isCurrent: true }), person('b')] }
  expect(gateOf(fresh)).toBe('unset')
  expect(gateOf({ ...fresh, chosen: 'b' })).toBe('locked')
})

test('signed out, the PIN of the others still opens theirs and nobody else’s', () => {
  const left = person('a', { isSignedOut: true })
  expect(gateOf({ ...facts, userId: null, persons: [left, person('b')] })).toBe('locked')
  expect(gateOf({ ...facts, userId: null, persons: [left] })).toBe('out')
  expect(gateOf({ ...facts, userId: null, persons: [left], chosen: 'a' })).toBe('out')
})

test('WeChat and browsers that keep nothing are told apart', () => {
  const has = { worker: true, store: true, crypto: true }
  expect(unfitnessOf({ agent: 'Chrome/120', isSecure: true, has })).toBeNull()
  expect(unfitnessOf({ agent: 'Chrome/86 MicroMessenger/8.0', isSecure: true, has })).toBe('we_chat')
  expect(unfitnessOf({ agent: 'Chrome/120', isSecure: false, has: { ...has, worker: false } })).toBe('insecure')
  expect(unfitnessOf({ agent: 'old', isSecure: true, has: { ...has, store: false } })).toBe('browser')
})

const photo = (state: OutboxPhoto['state'], change: Partial<OutboxPhoto> = {}): OutboxPhoto => ({ id: state, kind: 'house', state, sentBytes: 0, size: 100, ...change })
const entry = (caseId: string, change: Partial<OutboxEntry['item']>, photos: OutboxPhoto[] = []): OutboxEntry => ({
  item: { id: `${caseId}-${change.kind ?? 'visit'}`, kind: 'visit', caseId, title: '丁生存 毛山村', state: 'waiting', savedAt: '2026-07-09T08:05:00Z', ...change }, photos,
})
const receipt = { receiptNo: '3F7A-91C2', receivedAt: '2026-07-09T12:14:00Z' }

test('a household stands once, each of its parts with a state of its own', () => {
  const entries = [
    entry('c1', { state: 'accepted', ...receipt }, [photo('received', receipt), photo('sending', { sentBytes: 62 })]),
    entry('c1', { kind: 'observation' }),
    entry('c2', { state: 'accepted', ...receipt }),
  ]
  const { here, begun, got, waiting } = householdsOf({ entries, drafts: [{ caseId: 'c3', purpose: 'attempt', photos: 1, savedAt: '2026-07-09T09:00:00Z' }] }, new Map([['c1', '丁生存']]))
  expect([here.map((one) => one.name), begun.map((one) => one.caseId), got.map((one) => one.caseId), waiting]).toEqual([['丁生存'], ['c3'], ['c2'], 1])
  expect(here[0]!.parts.map((part) => [part.label, part.right])).toEqual([
    ['核查表、签字', expect.stringContaining('已采纳')], ['照片 1/2', ''], ['第 1 张', expect.stringContaining('已收到')], ['第 2 张', '62%，断了会接着传'], ['观察', expect.stringContaining('存好')],
  ])
  expect(got[0]!.summary).toContain('核查表、签字 已采纳')
  expect(begun[0]!.parts[0]).toMatchObject({ label: '没见到人、照片 1 张', right: '草稿，存在手机里' })
})

test('what waits says what for: a line, the server, or its turn', () => {
  const state = { phase: 'idle', online: true, isOfflineOnly: false, needsSignIn: false } as const
  expect(waitingFor(state, false)).toBe('line')
  expect(waitingFor({ ...state, online: false, lastError: 'offline' }, true)).toBe('line')
  expect(waitingFor({ ...state, online: false, lastError: 'server_unavailable' }, true)).toBe('server')
  // Heard of, and still without a receipt that could be believed.
  expect(waitingFor(state, true)).toBe('server')
  expect([waitingFor({ ...state, phase: 'depositing' }, true), waitingFor({ ...state, online: null }, true)]).toEqual(['turn', 'turn'])
  const tagOf = (waiting: 'line' | 'server') => householdsOf({ entries: [entry('c1', {})], drafts: [] }, new Map(), waiting).here[0]!.tag?.text
  expect([tagOf('line'), tagOf('server')]).toEqual(['等网络', '过会儿再传'])
})

test('one word for what became of it: accepted is not also being looked at', () => {
  const [one] = householdsOf({ entries: [entry('c1', { state: 'accepted', ...receipt })], drafts: [] }, new Map()).got
  expect([one!.tag?.text, one!.parts[0]!.right]).toEqual(['已采纳', expect.stringContaining('已采纳')])
})

test('each part has its own receipt row, a group of photos with a number for each', () => {
  const kept = (no: string): OutboxPhoto => photo('received', { receiptNo: no, receivedAt: '2026-07-09T12:14:00Z' })
  const entries = [entry('c1', { state: 'received', ...receipt }, [kept('AAAA-0001'), photo('waiting'), kept('BBBB-0002')]), entry('c1', { kind: 'observation' })]
  expect(householdsOf({ entries, drafts: [] }, new Map()).here[0]!.receipts.map((one) => [one.label, one.numbers])).toEqual([
    ['核查表、签字', '3F7A-91C2'], ['照片 2 张', 'AAAA-0001、BBBB-0002'],
  ])
})

test('what the list shows as still here is what the badge counts', () => {
  const states = ['waiting', 'sending', 'received', 'accepted', 'needs_person'] as const
  for (let seed = 1; seed <= 100; seed += 1) {
    let dice = seed * 7919
    const roll = (n: number): number => (dice = (dice * 48271) % 2147483647) % n
    const entries = Array.from({ length: roll(9) }, () => {
      const state = states[roll(5)]!
      const isKept = state === 'received' || state === 'accepted' || (state === 'needs_person' && roll(2) === 0)
      const photos = Array.from({ length: roll(4) }, () => photo((['waiting', 'sending', 'received', 'needs_person'] as const)[roll(4)]!))
      return entry(`c${roll(5)}`, { state, ...(isKept && receipt) }, photos)
    })
    const rows = householdsOf({ entries, drafts: [] }, new Map())
    expect([rows.waiting, rows.here.length]).toEqual([householdCounts(entries).waiting, householdCounts(entries).here])
    expect(rows.here.length + rows.got.length).toBe(new Set(entries.map((one) => one.item.caseId)).size)
  }
})

test('what needs the person has a reason and a way out', () => {
  const entries = [entry('c1', { state: 'needs_person', todo: 'ask_office', reason: '这户已派给别人', ...receipt })]
  expect(householdsOf({ entries, drafts: [] }, new Map()).here[0]).toMatchObject({ parts: [{ ask: { todo: 'ask_office', reason: '这户已派给别人', receipt: '3F7A-91C2' } }], tag: { kind: 'returned' } })
})

test('each part that needs the person says its own reason and has its own way out', () => {
  const refused = photo('needs_person', { id: 'p1', todo: 'send_again', reason: '这张照片的编号已经用过了' })
  const lost = photo('needs_person', { id: 'p2', todo: 'note_gone', reason: 'photo_not_here' })
  const visit = entry('c1', { state: 'needs_person', todo: 'ask_office', reason: '这户已派给别人', ...receipt }, [refused, photo('received', { id: 'p3', ...receipt }), lost])
  const { parts } = householdsOf({ entries: [visit, entry('c1', { kind: 'urgent', state: 'needs_person', todo: 'send_again', reason: '改一下再交' })], drafts: [] }, new Map()).here[0]!
  expect(parts.map(({ label, reason, ask }) => [label, reason, ask?.todo])).toEqual([
    ['核查表、签字', '这户已派给别人', 'ask_office'], ['照片 1/3', '', undefined],
    ['第 1 张', '这张照片的编号已经用过了', 'send_again'], ['第 2 张', '', undefined], ['第 3 张', '这张照片手机里没有了', 'note_gone'],
    ['报急难', '改一下再交', 'send_again'],
  ])
  expect(parts.map(({ ask }) => ask?.id)).toEqual(['c1-visit', undefined, 'p1', undefined, 'p2', 'c1-urgent'])
})

test('photos that all stand in one place are one line, a photo noted as gone counts no more', () => {
  const partsOf = (...photos: OutboxPhoto[]) => householdsOf({ entries: [entry('c1', { state: 'received', ...receipt }, photos)], drafts: [] }, new Map())
  expect(partsOf(photo('waiting'), photo('waiting')).here[0]!.parts.map((part) => part.label)).toEqual(['核查表、签字', '照片 0/2'])
  const [done] = partsOf(photo('received', receipt), photo('gone')).got
  expect(done!.parts.map((part) => [part.label, part.right])).toEqual([
    ['核查表、签字', expect.stringContaining('已收到')], ['照片 1/1、1 张没了', ''], ['第 1 张', expect.stringContaining('已收到')], ['第 2 张', '没了，已记下'],
  ])
  expect(done!.summary).not.toContain('第 2 张')
})

test('what the server failed at waits and says that it goes again by itself', () => {
  const [one] = householdsOf({ entries: [entry('c1', { state: 'waiting', reason: '服务器出了问题' })], drafts: [] }, new Map()).here
  expect(one!.parts[0]).toMatchObject({ reason: '服务器暂时没收下，过一会儿自动再传', ask: null })
})

test('a loss says what is gone, what is not and what to do', () => {
  expect(lossWords({ kind: 'all', items: 2, drafts: 0, photos: 5 }).gone).toEqual(['填好没传完的 2 件', '没传完的照片 5 张'])
  const nothing = lossWords({ kind: 'all', items: 0, drafts: 0, photos: 0 })
  expect([nothing.gone, nothing.kept[0]]).toEqual([[], '该传的早传完了，一件没丢。再登录一次就行。'])
  expect(lossWords({ kind: 'items', seqs: [12, 13] }).gone[0]).toContain('第 12、13 件')
  for (const loss of [{ kind: 'unreadable' }, { kind: 'store', store: 'cases', count: 0 }, { kind: 'chunks', photos: [{ id: 'p', caseId: 'c', kind: 'house' }] }] as const) {
    const words = lossWords(loss as never)
    expect([words.title, ...words.gone, ...words.kept, ...words.steps].every((line) => line.length > 3)).toBe(true)
  }
})

test('two drafts of a household are compared answer by answer', () => {
  const mine = { living_size: 4, members: [{ m_name: '马法图麦' }], coping: '' }
  const given = { living_size: 5, members: [{ m_name: '马法图麦' }, { m_name: '妥索非也' }], coping: null }
  const found = differencesOf(mine, given, (n) => `${n} 人`)
  expect(found.map((one) => [one.key, one.mine, one.given])).toEqual([['living_size', expect.stringContaining('4'), expect.stringContaining('5')], ['members', '1 人', '2 人']])
  expect(found.every((one) => one.label)).toBe(true)
})

test('sizes are said in the unit one can picture', () => {
  expect([sizeText(300), sizeText(14 * 1024 ** 2), sizeText(1.2 * 1024 ** 3)]).toEqual(['1 KB', '14 MB', '1.2 GB'])
})
