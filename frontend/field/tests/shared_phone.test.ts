import { beforeEach, expect, test } from 'vitest'
import { getCase, knownRevisions, listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { loadNote, saveNote } from '../src/store/notes'
import { listNotices } from '../src/store/notices'
import { finishVisit, listOutbox, outboxCount, reportUrgent } from '../src/store/outbox'
import { people } from '../src/store/people'
import { keepPhoto, listPhotos, photoBlob } from '../src/store/photos'
import { listRecovered } from '../src/store/recovered'
import { restoreSession, signOut } from '../src/store/session'
import { isUnlocked, lock, unlock } from '../src/store/vault'
import { OTHER_USER, sampleBytes, sampleCase, USER } from './support/sample'
import { Opener } from './support/opener'
import { OTHER_PIN, PIN, rawStore, seedCases, seedOpenPerson } from './support/seeded'
import { freshPhone } from './support/world'

/** Words of A's work: names, places, answers, what was typed. */
const WORDS = ['马占海', '上磨村', '张家川镇', '药钱太重', '锁着门', '水窖见底', '房子塌了', '620599']
let photoId: string

beforeEach(async () => {
  await freshPhone()
  const desk = await Opener.fresh()
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id, [sampleCase(), sampleCase({ id: 'case-2', number: 'ZJC-2026-0002' })])
  await saveAnswers('case-2', { head_name: '马占海', hardship_words: '药钱太重' })
  await finishVisit('case-2')
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
  await saveAnswers('case-1', { head_name: '马占海', hardship_words: '药钱太重' })
  await saveNote('case-1', 'attempt', { reason: '锁着门' })
  await saveNote('case-1', 'observation', { text: '水窖见底' })
  photoId = (await keepPhoto(
    { caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' },
    sampleBytes(50_000),
  )).id
  await lock()
  await seedOpenPerson(OTHER_USER, desk, OTHER_PIN)
})

test('whoever holds the store finds none of the words of the work in it', async () => {
  // Where the two of them work stands on the lock screen.
  const raw = (await rawStore()).split(JSON.stringify(USER.areas)).join('').split(JSON.stringify(OTHER_USER.areas)).join('')
  expect(WORDS.filter((word) => raw.includes(word))).toEqual([])
  expect(raw).not.toContain(PIN)
})

test('the words are found as soon as one place forgets to close its box', async () => {
  const db = await openStore()
  const row = (await db.get('cases', [USER.id, 'case-1']))!
  await db.put('cases', { ...row, body: { plain: JSON.stringify(sampleCase()) } })
  expect(await rawStore()).toContain('马占海')
})

test('the second person sees nothing of the first, by any call', async () => {
  expect(await listCases()).toEqual([])
  expect(await getCase('case-1')).toBeNull()
  expect(await listDrafts()).toEqual([])
  expect(await loadNote('case-1', 'attempt')).toBeNull()
  expect(await listOutbox()).toEqual([])
  expect(await outboxCount()).toMatchObject({ items: 0, photos: 0, needsPerson: 0 })
  expect(await listPhotos('case-1')).toEqual([])
  expect(await listNotices()).toEqual([])
  expect(await listRecovered()).toEqual([])
  await expect(loadDraft('case-1')).rejects.toMatchObject({ code: 'case_not_here' })
  await expect(photoBlob(photoId)).rejects.toMatchObject({ code: 'photo_not_here' })
})

test('a box of the first does not open in a row of the second', async () => {
  await seedCases(OTHER_USER.id)
  const db = await openStore()
  const foreign = (await db.get('cases', [USER.id, 'case-1']))!
  await db.put('cases', { ...foreign, user_id: OTHER_USER.id })
  await expect(getCase('case-1')).rejects.toMatchObject({ code: 'box_unreadable' })
  expect(await listCases()).toEqual([])
  expect(await knownRevisions(OTHER_USER.id)).toEqual({})
})

test('each comes back with the own PIN, and only with it', async () => {
  expect((await people()).map((one) => [one.name, one.hasVault, one.isCurrent]).sort()).toEqual([
    ['丁志强', true, true], ['马玉兰', true, false],
  ])
  expect(await unlock(USER.id, OTHER_PIN)).toEqual({ wrong: 9 })
  expect((await restoreSession())!.user.id).toBe(OTHER_USER.id)
  expect(await unlock(USER.id, PIN)).toBe('open')
  expect(isUnlocked(OTHER_USER.id)).toBe(false)
  expect((await restoreSession())!.user.id).toBe(USER.id)
  expect((await loadDraft('case-1')).answers).toMatchObject({ hardship_words: '药钱太重' })
  expect((await listOutbox()).map((entry) => entry.item.title)).toEqual(['马占海 上磨村', '马占海 上磨村'])
})

test('ten wrong PINs of one leave the other alone', async () => {
  await seedCases(OTHER_USER.id)
  await saveAnswers('case-1', { living_size: 2 })
  for (let tries = 1; tries <= 10; tries += 1) await unlock(USER.id, OTHER_PIN)
  expect((await restoreSession())!.user.id).toBe(OTHER_USER.id)
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 2 })
  expect((await people()).find((one) => one.userId === USER.id)).toMatchObject({ hasVault: false, isSignedOut: true })
})

test('leaving the phone keeps vault, drafts and unsent work, and asks for the password', async () => {
  await unlock(USER.id, PIN)
  await signOut()
  const db = await openStore()
  expect(await db.countFromIndex('items', 'by_user', USER.id)).toBe(2)
  expect(await db.countFromIndex('drafts', 'by_user', USER.id)).toBe(1)
  expect(await db.countFromIndex('sealed_drafts', 'by_user', USER.id)).toBe(3)
  expect((await db.getAllKeysFromIndex('cases', 'by_user', USER.id)).map(([, id]) => id)).toEqual(['case-1'])
  expect((await people()).find((one) => one.userId === USER.id)).toMatchObject({ hasVault: true, isSignedOut: true })
  await expect(unlock(USER.id, PIN)).rejects.toMatchObject({ code: 'signed_out' })
})

test('the list of 300 cases opens quickly', async () => {
  await seedCases(OTHER_USER.id, Array.from({ length: 300 }, (_, at) => sampleCase({ id: `case-${at}` })))
  const started = performance.now()
  expect(await listCases()).toHaveLength(300)
  const took = performance.now() - started
  console.log(`300 cases opened: ${Math.round(took)} ms`)
  expect(took).toBeLessThan(1_000)
})
