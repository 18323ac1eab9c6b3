import { expect, test } from 'vitest'
import { getCase, listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { signOut } from '../src/store/session'
import { saveNote } from '../src/store/notes'
import { finishVisit } from '../src/store/outbox'
import { keepPhoto } from '../src/store/photos'
import { syncNow } from '../src/sync/sender'
import { OTHER_USER, sampleBytes, sampleCase } from './support/sample'
import { enterAs, freshWorld, restartPhone } from './support/world'

const world = freshWorld()

test('a new draft starts from what the declaration already tells', async () => {
  const draft = await loadDraft('case-1')
  expect(draft.answers).toEqual({
    head_name: '马占海', registered_size: 4, members: [{ m_name: '马占海', m_relation: 'head' }], photos: [],
  })
  expect(draft.baseRevision).toBe(3)
  expect(await listDrafts()).toEqual([])
})

test('what was saved is there after the browser was killed', async () => {
  await saveAnswers('case-1', { head_name: '马占海', living_size: 4 })
  const started = (await loadDraft('case-1')).startedAt
  await restartPhone()
  const draft = await loadDraft('case-1')
  expect(draft.answers).toMatchObject({ head_name: '马占海', living_size: 4 })
  expect(draft.startedAt).toBe(started)
})

test('a draft opens with no network at all', async () => {
  await saveAnswers('case-1', { living_size: 2 })
  world.server.fault = () => 'drop_before'
  await restartPhone()
  expect((await syncNow()).error).toBe('offline')
  expect((await listCases()).map((one) => one.number)).toEqual(['ZJC-2026-0001'])
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 2 })
})

test('a returned visit is corrected from its own answers and keeps its photos and visit time', async () => {
  const photo = { id: 'p1', kind: 'house', sha256: 'aa', size: 9, taken_at: '2026-07-08T01:00:00Z', source: 'camera' }
  world.server.cases = [sampleCase({
    revision: 4, last_answers: { head_name: '马占海', photos: [photo] },
    visits: [{
      id: 'v1', author: '马玉兰', visited_at: '2026-07-08T01:00:00Z', is_mine: true,
      photos_expected: 1, photos_stored: 1, superseded: false,
    }],
  })]
  await syncNow()
  const draft = await loadDraft('case-1')
  expect(draft.answers).toEqual({ head_name: '马占海', photos: [photo] })
  expect(draft.startedAt).toBe('2026-07-08T01:00:00Z')
})

test('two people on one phone never see each other\'s drafts', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  await signOut()
  world.server.user = OTHER_USER
  await enterAs('team01')
  await syncNow()
  expect(await listDrafts()).toEqual([])
  expect((await loadDraft('case-1')).answers).not.toHaveProperty('living_size')
})

test('a case that was given to somebody else stays while its draft does', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  world.server.cases = []
  await syncNow()
  expect((await getCase('case-1'))?.gone).toBe(true)
})

test('a case without a draft leaves the phone with the pull', async () => {
  world.server.cases = []
  await syncNow()
  expect(await listCases()).toEqual([])
})

test('signing out forgets the cases and keeps the draft', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  await signOut()
  await expect(loadDraft('case-1')).rejects.toMatchObject({ code: 'signed_out' })
  await enterAs('grid01')
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
})

test('a case with only a short form or a photo begun stays, too', async () => {
  world.server.cases = [sampleCase(), sampleCase({ id: 'case-2' }), sampleCase({ id: 'case-3' })]
  await syncNow()
  await saveNote('case-1', 'observation', { text: '水窖见底' })
  await keepPhoto(
    { caseId: 'case-2', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' }, sampleBytes(900),
  )
  world.server.cases = []
  await syncNow()
  expect((await listCases()).map((one) => one.id).sort()).toEqual(['case-1', 'case-2'])
})

test('of two saves at once the later one stays, though the earlier takes longer', async () => {
  const long = saveAnswers('case-1', { living_size: 1, hardship_words: '药钱太重'.repeat(300_000) })
  const short = saveAnswers('case-1', { living_size: 2 })
  await Promise.all([long, short])
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 2 })
})

test('each save leaves a copy that only the server reads, and finishing ends it', async () => {
  await saveAnswers('case-1', { living_size: 4 })
  const db = await openStore()
  const [draft] = await db.getAll('drafts')
  const [copy] = await db.getAll('sealed_drafts')
  expect(copy).toMatchObject({ user_id: draft!.user_id, case_id: 'case-1', purpose: 'visit', saved_at: draft!.updated_at })
  expect(copy!.envelope).toMatchObject({ kind: 'draft', author: draft!.user_id, payload: null })
  await finishVisit('case-1')
  expect(await db.count('sealed_drafts')).toBe(0)
})
