import { afterEach, expect, test, vi } from 'vitest'
import { answerText, codesOf, findQuestion } from '../src/composables/answer'
import { session } from '../src/composables/session'
import { codesIn, labelOf } from '../src/composables/words'
import { keepWords, wordsTold } from '../src/composables/words_told'
import { CODEBOOK } from '../src/contract/codebook'
import { faultOf } from '../src/rules/answer_faults'
import { readMeta } from '../src/store/meta'
import { restoreSession } from '../src/store/session'
import { syncNow } from '../src/sync/sender'
import { OTHER_USER, USER } from './support/sample'
import { freshWorld } from './support/world'

const world = freshWorld()
const OWN = { tag: '01234567', books: { Risk: { illness: '看病花钱' }, Relation: { spouse: '屋里人' } } }

function asked(): any {
  return world.server.bodies.filter((one) => one.path === '/changes').map((one) => one.body).pop()
}

afterEach(() => {
  session.value = null
  wordsTold.value = {}
})

test('words are kept per person, and asked for by their tag from then on', async () => {
  await syncNow()
  expect(asked().words).toBe('')
  expect(await readMeta('words')).toBeNull()
  world.server.words = OWN
  await syncNow()
  expect((await readMeta('words'))?.[USER.id]).toEqual(OWN)
  await syncNow()
  expect(asked().words).toBe(OWN.tag)
  expect((await readMeta('words'))?.[USER.id]).toEqual(OWN)
  world.server.words = { tag: '', books: {} }
  await syncNow()
  expect((await readMeta('words'))?.[USER.id]?.books).toEqual({})
})

test('labels are in the county\'s words while its person is on the phone, without a network', async () => {
  world.server.words = OWN
  await syncNow()
  session.value = await restoreSession()
  keepWords()
  await vi.waitFor(() => { expect(labelOf('Risk', 'illness')).toBe('看病花钱') })
  expect(labelOf('Risk', 'job')).toBe('因务工不稳')
  const risks = findQuestion('risks')?.question
  expect(risks && codesOf(risks)[0]).toEqual({ code: 'illness', label: '看病花钱' })
  expect(risks && answerText(risks, ['illness', 'job'])).toBe('看病花钱、因务工不稳')
  const relation = findQuestion('m_relation')?.question
  expect(relation && answerText(relation, 'spouse')).toBe('屋里人')
  session.value = { ...session.value!, user: OTHER_USER }
  await vi.waitFor(() => { expect(labelOf('Risk', 'illness')).toBe('因病') })
})

test('codes, their order and what counts as an answer stay', () => {
  const codes = (CODEBOOK.Risk ?? []).map((one) => one.code)
  wordsTold.value = OWN.books
  expect(codesIn('Risk').map((one) => one.code)).toEqual(codes)
  expect(CODEBOOK.Risk?.[0]).toEqual({ code: 'illness', label: '因病' })
  const risks = findQuestion('risks')!.question
  expect(faultOf(risks, ['illness'], '2026-01-01')).toBeNull()
  expect(faultOf(risks, ['看病花钱'], '2026-01-01')).not.toBeNull()
  expect([labelOf('Risk', 'constructor'), labelOf('Risk', undefined)]).toEqual(['', ''])
})
