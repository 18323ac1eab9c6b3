import { afterEach, describe, expect, test } from 'vitest'
import { effectScope } from 'vue'
import { codesOf, demoLine, objectUntil, paragraphsOf } from '../src/composables/explaining'
import { asksLater, earliestDay, endOfDay, extensionNeed } from '../src/composables/extending'
import { useReadAloud } from '../src/composables/read_aloud'
import { withoutJoiners } from '../src/composables/time'
import { isToExplain, taskOf } from '../src/composables/tasks'
import type { ToExplain } from '../src/contract/api'
import { LIMITS } from '../src/contract/limits'
import { listPhotos, keepPhoto } from '../src/store/photos'
import { openStore } from '../src/store/db'
import { loadNote, saveNote } from '../src/store/notes'
import { finishAttempt, finishExplanation, listOutbox, requestExtension } from '../src/store/outbox'
import { exportRescue, importRescue } from '../src/store/rescue'
import { failWrite } from './support/disk'
import { OTHER_USER, sampleBytes, sampleCase } from './support/sample'
import { OTHER_PIN } from './support/seeded'
import { enterAs, freshPhone, freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const NOW = Date.parse('2026-07-10T04:00:00Z')
const EXPLAIN: ToExplain = {
  reason: '收入高于标准', by: '白彩霞', unit: '恭门镇民政办', routed_at: '2026-07-09T02:00:00Z', visited_at: '2026-07-08T02:00:00Z',
  monitor: { total_fen: 3_944_000, people: 4, per_head_fen: 986_000 }, dibao: { total_fen: 3_944_000, people: 4, per_head_fen: 986_000 },
  dibao_standard_fen: 600_000, monitor_range_fen: 800_000, is_demo: true, objection_days: 15, phones: ['12317', '12345'],
}
const told = {
  explained_at: '2026-07-10T04:00:00Z', reason_codes: ['income'], text: '您家这次没有纳入救助和监测。', method: 'in_person', receipt: 'signed', witness: '', materials: '农村低保',
  signature: { strokes: [[1, 2, 30, 40]], width: 300, height: 120, signed_at: '2026-07-10T04:00:00Z' },
}

const HANDPRINT = { caseId: 'case-1', purpose: 'explanation' as const, kind: 'handprint', takenAt: '2026-07-10T04:00:00Z', source: 'camera' as const }

async function contentOf(id: string): Promise<any> {
  const { envelope } = (await (await openStore()).get('items', id))!
  expect(envelope.payload).toBeNull()
  return JSON.parse((await world.server.opener.openItem(envelope)).text)
}

test('what is said goes from the result to the reason in numbers, what is open, and how to object', () => {
  const [result, why, open, object] = paragraphsOf(sampleCase({ explain: EXPLAIN }), '慢病签约', NOW).map((part) => withoutJoiners(part.text))
  expect(result).toBe('您家这次没有纳入救助和监测。')
  expect(why).toContain('每人收入 9,860 元（39,440 元分到 4 人），超过了监测范围 8,000 元')
  expect(why).toContain('超过了低保标准 6,000 元')
  expect(why).toContain('收入高于标准。')
  expect(open).toContain('您家还可以办：慢病签约。')
  expect(object).toBe('不同意，7月25日以前到恭门镇民政办说一声，派别的人再看一次。也可以打 12317、12345。')
  expect(demoLine(EXPLAIN)).toBe('6,000、8,000 是演示参数，非政策标准')
  // A number that is not told needs no word about where it comes from.
  expect(demoLine({ ...EXPLAIN, monitor: null })).toBe('6,000 是演示参数，非政策标准')
  expect(demoLine({ ...EXPLAIN, monitor: null, dibao: null })).toBe('')
  expect([withoutJoiners(objectUntil(EXPLAIN, NOW)), codesOf(EXPLAIN)]).toEqual(['7月25日', ['income']])
})

test('the longest talk goes to the office whole', () => {
  const longest = { ...EXPLAIN, reason: '理'.repeat(2_000), unit: '镇'.repeat(40), phones: ['12317', '12345', '0938-7881234'] }
  const text = [...paragraphsOf(sampleCase({ explain: longest }), '办'.repeat(LIMITS.explanation_open), NOW).map((part) => part.text), demoLine(longest)].join('\n')
  expect(text).toContain('办'.repeat(LIMITS.explanation_open))
  expect(text.length).toBeLessThanOrEqual(LIMITS.explanation_text)
})

test('a figure that is not above the line is no reason, and one that is not known is not told', () => {
  const low = { ...EXPLAIN, monitor: { total_fen: 2_000_000, people: 4, per_head_fen: 500_000 }, dibao: null }
  const [, why] = paragraphsOf(sampleCase({ explain: low }), '', NOW)
  expect(why?.text).toBe('镇上看了核查的情况，理由是：收入高于标准。')
  expect(codesOf(low)).toEqual([])
})

test('who has to be told stands in the list until it is filed here', async () => {
  const item = sampleCase({ stage: 'routed', explain: EXPLAIN, visits: [] })
  const from = { fills: new Map(), outbox: [], seen: new Set<string>(), now: NOW }
  expect(taskOf(item, from)).toMatchObject({ tab: 'todo', isToExplain: true, isFirst: false, line: '收入高于标准' })
  await finishExplanation('case-1', told)
  const outbox = await listOutbox()
  expect(isToExplain(item, outbox)).toBe(false)
  expect(taskOf(item, { ...from, outbox }).tab).toBe('visited')
})

test('an explanation is sealed with its ink and its handprint, and outlives a restart', async () => {
  await keepPhoto(HANDPRINT, sampleBytes(40_000, 3))
  await saveNote('case-1', 'explanation', { open: '慢病签约' })
  const item = await finishExplanation('case-1', told)
  expect(await contentOf(item.id)).toMatchObject({ case_id: 'case-1', base_revision: 3, signature: { strokes: [[1, 2, 30, 40]] }, photos: [{ kind: 'handprint', size: 40_000 }] })
  expect([await loadNote('case-1', 'explanation'), await listPhotos('case-1', 'explanation')]).toEqual([null, []])
  await restartPhone()
  expect((await listOutbox()).map((entry) => [entry.item.kind, entry.item.state, entry.photos.length])).toEqual([['explanation', 'waiting', 1]])
})

test('a request for more time is an item of its own beside the walk', async () => {
  const asked = await requestExtension('case-1', { asked_at: '2026-07-10T04:00:00Z', until_on: '2026-07-20', reason: '全家在兰州务工' })
  await finishAttempt('case-1', { attempted_at: '2026-07-10T04:00:00Z', result: 'away', reason: '', witness: '社长' })
  expect(await contentOf(asked.id)).toMatchObject({ until_on: '2026-07-20', reason: '全家在兰州务工', base_revision: 3 })
  expect((await listOutbox()).map((entry) => entry.item.kind).sort()).toEqual(['attempt', 'extension'])
})

test('a later day than the limit is asked for, with a reason', () => {
  const item = sampleCase()
  const wish = { isAsked: true, until: '2026-07-20', why: '外出' }
  expect([earliestDay(item), endOfDay('2026-07-20')]).toEqual(['2026-07-12', '2026-07-20T16:00:00.000Z'])
  expect(['2026-07-11', '2026-07-12', '2027-07-12', 'x'].map((until) => asksLater(item, { ...wish, until }))).toEqual([false, true, false, false])
  expect([extensionNeed(item, wish), extensionNeed(item, { ...wish, why: ' ' })?.field, extensionNeed(item, { ...wish, until: '' })?.field]).toEqual([null, 'extension-why', 'extension-until'])
})

class Said { lang = ''; rate = 1; voice: unknown; onend?: () => void; onerror?: () => void; constructor(readonly text: string) {} }
afterEach(() => {
  for (const name of ['speechSynthesis', 'SpeechSynthesisUtterance', 'window']) Reflect.deleteProperty(globalThis, name)
})

test('it reads paragraph after paragraph, and slower when asked', () => {
  const said: Said[] = []
  const speechSynthesis = { cancel: () => undefined, getVoices: () => [{ lang: 'zh-CN', localService: true }], speak: (words: Said) => said.push(words) }
  Object.assign(globalThis, { window: { speechSynthesis }, SpeechSynthesisUtterance: Said })
  const scope = effectScope()
  const voice = scope.run(useReadAloud)!
  const heard: string[] = []
  voice.play([{ key: 'a', text: '一' }, { key: 'b', text: '二' }], (key) => heard.push(key))
  said[0]!.onend!()
  expect([voice.reading.value, heard]).toEqual(['b', ['a']])
  voice.changePace()
  expect([said[2]!.text, said[2]!.rate < said[0]!.rate, voice.reading.value]).toEqual(['二', true, 'b'])
  said[2]!.onend!()
  expect([voice.reading.value, heard]).toEqual(['', ['a', 'b']])
  scope.stop()
})

describe('an explanation that is cut anywhere is filed whole or not at all', () => {
  // add/put/delete requests: seq, item, the handprint, the note and its sealed copy.
  const WRITES = 5
  for (let broken = 1; broken <= WRITES + 1; broken += 1) {
    test(`write ${broken} of ${WRITES} fails`, async () => {
      await keepPhoto(HANDPRINT, sampleBytes(10_000, 3))
      await saveNote('case-1', 'explanation', { open: '慢病签约' })
      const restore = failWrite(broken)
      const outcome = await finishExplanation('case-1', told).then(() => 'finished', (cause) => cause.code)
      restore()
      expect(outcome).toBe(broken > WRITES ? 'finished' : 'store_failed')
      const isLeft = [await loadNote('case-1', 'explanation'), (await listPhotos('case-1', 'explanation')).length]
      expect(isLeft).toEqual(broken > WRITES ? [null, 0] : [{ open: '慢病签约' }, 1])
      expect((await listOutbox()).filter((entry) => entry.item.kind === 'explanation')).toHaveLength(broken > WRITES ? 1 : 0)
    })
  }
})

test('an explanation leaves a broken phone in a rescue file, its handprint with it', async () => {
  await keepPhoto(HANDPRINT, sampleBytes(10_000, 3))
  await finishExplanation('case-1', told)
  await requestExtension('case-1', { asked_at: '2026-07-10T04:00:00Z', until_on: '2026-07-20', reason: '外出' })
  const { file } = await exportRescue()
  await freshPhone()
  world.server.user = OTHER_USER
  await enterAs(OTHER_USER.username, OTHER_PIN)
  expect(await importRescue(file)).toEqual({ items: 2, photos: 1, known: 0, restored: 0 })
})
