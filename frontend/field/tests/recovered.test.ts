import { beforeEach, expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { loadNote, saveNote } from '../src/store/notes'
import { finishVisit, listOutbox } from '../src/store/outbox'
import { keepPhoto, listPhotos } from '../src/store/photos'
import { adoptRecovered, dismissRecovered, listRecovered, noteTakenDraftsTold, takeBackDrafts, takenDraftIds, type GivenBack } from '../src/store/recovered'
import { lock, unlock } from '../src/store/vault'
import { wipeVault } from '../src/store/vault_wipe'
import { sampleBytes, sampleCase, USER } from './support/sample'
import { Opener } from './support/opener'
import { PIN, rawStore, readSealed, seedCases, seedOpenPerson } from './support/seeded'
import { freshPhone } from './support/world'

let desk: Opener

beforeEach(async () => {
  await freshPhone()
  desk = await Opener.fresh()
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase(), sampleCase({ id: 'case-2' })])
})

const given = (over: Partial<GivenBack> = {}): GivenBack => ({
  id: 'back-1', case_id: 'case-1', purpose: 'visit', base_revision: 3, started_at: '2026-07-07T01:00:00Z',
  saved_at: '2026-07-07T02:00:00Z', fields: { living_size: 6, hardship_words: '药钱太重', photos: [] }, ...over,
})

test('a draft that comes back where none is becomes the draft again, and is told as taken', async () => {
  await takeBackDrafts(USER.id, [given(), given({ id: 'back-2', purpose: 'attempt', fields: { reason: '锁着门', photos: [] } })])
  expect(await loadDraft('case-1')).toMatchObject({
    answers: { living_size: 6, hardship_words: '药钱太重' }, startedAt: '2026-07-07T01:00:00Z', baseRevision: 3,
  })
  expect(await loadNote('case-1', 'attempt')).toEqual({ reason: '锁着门' })
  expect(await takenDraftIds(USER.id)).toEqual(['back-1', 'back-2'])
  expect(await listRecovered()).toEqual([])
  expect(await rawStore()).not.toContain('药钱太重')
  await noteTakenDraftsTold(USER.id, ['back-1', 'back-2'])
  expect(await takenDraftIds(USER.id)).toEqual([])
})

test('it has a sealed copy of its own at once', async () => {
  await takeBackDrafts(USER.id, [given()])
  const copy = (await (await openStore()).get('sealed_drafts', [USER.id, 'case-1', 'visit']))!
  expect((await readSealed(desk, copy.envelope)).fields).toMatchObject({ living_size: 6 })
})

test('a draft that is here is never overwritten; both can be reached', async () => {
  await saveAnswers('case-1', { living_size: 2 })
  await takeBackDrafts(USER.id, [given()])
  await takeBackDrafts(USER.id, [given()])
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 2 })
  expect(await listRecovered()).toMatchObject([{ id: 'back-1', fields: { living_size: 6 } }])
  expect(await takenDraftIds(USER.id)).toEqual([])
})

test('the one that came back can take the place of the other, which is handed in', async () => {
  await saveAnswers('case-1', { living_size: 2 })
  await takeBackDrafts(USER.id, [given()])
  await adoptRecovered('back-1')
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 6 })
  expect(await listRecovered()).toEqual([])
  expect(await takenDraftIds(USER.id)).toEqual(['back-1'])
  const [item] = await (await openStore()).getAll('items')
  expect((await readSealed(desk, item!.envelope)).fields).toMatchObject({ living_size: 2 })
})

test('or be given up', async () => {
  await saveNote('case-1', 'urgent', { text: '水进屋了' })
  await takeBackDrafts(USER.id, [given({ purpose: 'urgent', fields: { text: '旧的' } })])
  await dismissRecovered('back-1')
  expect(await listRecovered()).toEqual([])
  expect(await loadNote('case-1', 'urgent')).toEqual({ text: '水进屋了' })
  expect(await takenDraftIds(USER.id)).toEqual(['back-1'])
})

test('an old draft of a form that was finished since does not open by itself', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  await finishVisit('case-1')
  await takeBackDrafts(USER.id, [given()])
  expect(await listRecovered()).toHaveLength(1)
  expect((await loadDraft('case-1')).answers).not.toHaveProperty('hardship_words')
})

test('what is told twice because an answer was lost is kept once', async () => {
  await takeBackDrafts(USER.id, [given()])
  await saveAnswers('case-1', { living_size: 7 })
  await takeBackDrafts(USER.id, [given()])
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 7 })
  expect(await listRecovered()).toEqual([])
})

test('photos that went in with a lost draft are in the form again', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const photo = await keepPhoto(
    { caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' },
    sampleBytes(9_000),
  )
  await wipeVault(USER.id, { endsSession: false })
  await lock()
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id)
  const [item] = await (await openStore()).getAll('items')
  expect((await listOutbox())[0]!.item.kind).toBe('draft')
  const { fields } = await readSealed(desk, item!.envelope)
  await takeBackDrafts(USER.id, [given({ fields })])
  expect((await listPhotos('case-1')).map((one) => one.id)).toEqual([photo.id])
  const visit = await finishVisit('case-1')
  const row = (await (await openStore()).get('items', visit.id))!
  expect((await readSealed(desk, row.envelope)).answers.photos.map((one: { id: string }) => one.id)).toEqual([photo.id])
})

test('a draft given back is not lost with a vault that goes before the person decided', async () => {
  await saveAnswers('case-1', { living_size: 2 })
  await takeBackDrafts(USER.id, [given()])
  await wipeVault(USER.id, { endsSession: false })
  expect(await takenDraftIds(USER.id)).toEqual([])
})

test('locked, nothing is taken back', async () => {
  await lock()
  await expect(takeBackDrafts(USER.id, [given()])).rejects.toMatchObject({ code: 'locked' })
  expect(await unlock(USER.id, PIN)).toBe('open')
})
