import { expect, test } from 'vitest'
import { isNoReturn } from '../src/composables/extending'
import { isName, outdatedSigners, type Signature } from '../src/composables/signing'
import { seated } from '../src/composables/visitors'
import { takeTold, tellNext } from '../src/composables/told'
import { reportedOf } from '../src/composables/urgency'
import { CODEBOOK } from '../src/contract/codebook'
import type { Answers } from '../src/rules/form_shape'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { finishVisit, listOutbox, reportUrgent } from '../src/store/outbox'
import { contentMark } from '../src/store/signed_content'
import { freshWorld } from './support/world'

const world = freshWorld()
const INK = { strokes: [[10, 10, 90, 40]], width: 300, height: 120, signed_at: '2026-07-08T01:00:00Z' }
const form: Answers = {
  living_size: 4, wish: ['work', 'money'], visitors: [{ name: '米建军', unit: '', role: '' }, { name: '丁志强' }], interviewee_name: '马占海',
  members: [{ id: 'm1', m_name: '马占海', m_health: ['healthy'] }], photos: [{ id: 'p1', kind: 'house' }],
}
const signed = (answers: Answers, key = 'signature_visitor_1'): Answers => ({ ...answers, [key]: { ...INK, content_mark: contentMark(answers) } })
const askedAgain = (answers: Answers): string[] => outdatedSigners(answers).map((one) => one.name)

test('another visitor does not stand under the ink of the one before', () => {
  const [mi, ding, ma] = ['米建军', '丁志强', '马小明'].map((name) => ({ user_id: name, name, unit: '', role: '' }))
  const done = signed(signed({ ...form, visitors: [mi, ding] }), 'signature_visitor_2')
  const inked = (answers: Answers): unknown[] => ['signature_visitor_1', 'signature_visitor_2'].map((key) => !!answers[key])
  expect(inked({ ...done, ...seated([mi!, ding!], [mi!, ma!]) })).toEqual([true, false])
  expect(inked({ ...done, ...seated([mi!, ding!], [ding!]) })).toEqual([false, false])
  expect(inked({ ...done, ...seated([mi!, ding!], [mi!, { ...ding!, unit: '恭门镇', phone: '12000000001' }]) })).toEqual([true, true])
  expect(inked({ ...done, ...seated([mi!, ding!], [mi!, ding!, ma!]) })).toEqual([true, true])
})

test('an answer that changes after the signing asks for the name again, until it is as it was', () => {
  const done = signed(signed(form), 'signature_interviewee')
  expect(askedAgain(done)).toEqual([])
  const changed = { ...done, living_size: 5 }
  expect(askedAgain(changed)).toEqual(['马占海', '米建军'])
  expect(askedAgain({ ...changed, living_size: 4 })).toEqual([])
  expect(askedAgain(signed(changed))).toEqual(['马占海'])
})

test('members, entries, photos and the people who went are answers, too', () => {
  const done = signed(form)
  const member = { id: 'm1', m_name: '马占海', m_health: ['disabled'] }
  for (const change of [{ members: [member] }, { photos: [...form.photos as Answers[], { id: 'p2', kind: 'room' }] }, { visitors: [] }, { income: [{ id: 'i1', i_code: 'W1' }] }]) {
    expect(askedAgain({ ...done, ...change })).toHaveLength(1)
  }
})

test('what belongs to the finishing changes nothing that was signed', () => {
  const done = signed(form)
  const handprint = { id: 'h1', kind: 'handprint' }
  const finishing = { overruled: { income_low: '情况属实' }, place: { lat: 35 }, signature_visitor_2: INK, photos: [...form.photos as Answers[], handprint] }
  expect(askedAgain({ ...done, ...finishing })).toEqual([])
  expect(askedAgain({ ...done, wish: ['money', 'work'], coping_note: '', debts: [], narrative: undefined })).toEqual([])
})

test('a signature from before, a refusal and a handprint that went are not asked for again', () => {
  expect(askedAgain({ ...form, signature_visitor_1: INK })).toEqual([])
  const mark = { content_mark: 'other' }
  expect(askedAgain({ ...form, signature_interviewee: { refused: '不愿意', witness: '丁志强', ...mark } })).toEqual([])
  expect(askedAgain({ ...form, signature_interviewee: { handprint_photo: 'gone', ...mark } })).toEqual([])
})

test('the mark stays on the phone', async () => {
  await saveAnswers('case-1', signed(form))
  const { id } = await finishVisit('case-1')
  const { envelope } = (await (await openStore()).get('items', id))!
  const sent = JSON.parse((await world.server.opener.openItem(envelope)).text)
  expect(sent.answers.signature_visitor_1).toEqual(INK satisfies Signature)
})

test('a dot is no name', () => {
  expect(isName([])).toBe(false)
  expect(isName([[50, 50, 50, 50]])).toBe(false)
  expect(isName([[10, 10, 30, 10], [40, 10, 69, 10]])).toBe(false)
  expect(isName([[10, 10, 40, 10], [50, 10, 50, 40]])).toBe(true)
})

test('who is dead, gone or never declared is not walked to again', () => {
  const codes = CODEBOOK.AttemptResult!.map((one) => one.code)
  expect(codes.filter(isNoReturn)).toEqual(['unknown', 'deceased', 'moved', 'not_declarer'])
})

test('what was reported as 急难 stands there with when, and whether the office has it', async () => {
  expect(reportedOf({ is_urgent: false }, [])).toEqual([])
  expect(reportedOf({ is_urgent: true }, [])).toEqual([{ key: 'known', isReceived: true, text: expect.stringContaining('镇上已经知道') }])
  const { id } = await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '没处住' })
  expect(reportedOf({ is_urgent: true }, await listOutbox())).toEqual([{ key: id, isReceived: false, text: expect.stringMatching(/记下的，还在手机里/) }])
  const [entry] = await listOutbox()
  const got = { ...entry!, item: { ...entry!.item, receivedAt: '2026-07-08T02:00:00Z' } }
  expect(reportedOf(null, [got])[0]).toMatchObject({ isReceived: true, text: expect.stringMatching(/镇上 .*收到/) })
})

test('what was kept is said once, on the next page', () => {
  tellNext('记下了')
  expect([takeTold(), takeTold()]).toEqual(['记下了', ''])
})
