import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { openDiscovery } from '../src/store/discoveries'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { loadNote, saveNote } from '../src/store/notes'
import { finishVisit, listOutbox, reportUrgent } from '../src/store/outbox'
import { keepPhoto, listPhotos } from '../src/store/photos'
import { listRecovered } from '../src/store/recovered'
import { restoreSession, signIn } from '../src/store/session'
import { createVault, forgetPin, isUnlocked, lock, unlock } from '../src/store/vault'
import { syncNow } from '../src/sync/sender'
import { sampleBytes, sampleCase, USER } from './support/sample'
import { FEW_ITERATIONS, OTHER_PIN, PIN } from './support/seeded'
import { enterAs, freshWorld, restartLocked } from './support/world'

const world = freshWorld()
const photo = (caseId: string) => ({
  caseId, purpose: 'visit' as const, kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' as const,
})

async function dayOfWork(): Promise<void> {
  world.server.cases = [sampleCase(), sampleCase({ id: 'case-2' })]
  await syncNow()
  world.server.fault = () => 'drop_before'
  await saveAnswers('case-2', { living_size: 5 })
  await keepPhoto(photo('case-2'), sampleBytes(70_000, 1))
  await finishVisit('case-2')
  await saveAnswers('case-1', { living_size: 4 })
  await keepPhoto(photo('case-1'), sampleBytes(9_000, 2))
  await saveNote('case-1', 'observation', { text: '水窖见底' })
  world.server.fault = () => undefined
}

/** What the server does with drafts it was handed: it gives them back to their author. */
async function giveBackDrafts(): Promise<void> {
  for (const id of world.server.stored.keys()) {
    const content = await world.server.read(id)
    if (content.purpose) world.server.drafts.push({ id, ...content })
  }
}

test('a forgotten PIN costs nothing: what was begun comes back, what was finished goes out', async () => {
  await dayOfWork()
  await restartLocked()
  await signIn('grid01', 'right')
  await forgetPin(USER.id)
  expect(isUnlocked(USER.id)).toBe(false)
  await createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)
  expect(await listDrafts()).toEqual([])
  for (let round = 0; round < 2; round += 1) expect(await syncNow()).toMatchObject({ ok: true })
  await giveBackDrafts()
  for (let round = 0; round < 2; round += 1) await syncNow()
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
  expect(await loadNote('case-1', 'observation')).toEqual({ text: '水窖见底' })
  expect(await listPhotos('case-1')).toHaveLength(1)
  expect(await listRecovered()).toEqual([])
  expect(world.server.drafts).toEqual([])
  const db = await openStore()
  expect((await db.getAll('items')).filter((item) => !item.receipt)).toEqual([])
  expect((await db.getAll('photos')).filter((one) => !one.receipt)).toEqual([])
  expect((await listOutbox()).map(({ item }) => item.kind).sort()).toEqual(['draft', 'draft', 'visit'])
})

test('after ten wrong PINs the browser\'s session opens nothing, and unsent work still goes out', async () => {
  await dayOfWork()
  await lock()
  for (let tries = 1; tries <= 10; tries += 1) await unlock(USER.id, OTHER_PIN)
  expect(await restoreSession()).toBeNull()
  expect(world.server.requests.filter((line) => line === 'DELETE /api/v1/session')).toHaveLength(1)
  await expect(createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)).rejects.toMatchObject({ code: 'signed_out' })
  await enterAs('grid01', OTHER_PIN)
  for (let round = 0; round < 2; round += 1) await syncNow()
  expect((await (await openStore()).getAll('items')).filter((item) => !item.receipt)).toEqual([])
})

test('a damaged draft is handed in by its copy at the next unlock and does not hold up the rest', async () => {
  await dayOfWork()
  const db = await openStore()
  const row = (await db.get('drafts', [USER.id, 'case-1']))!
  await db.put('drafts', { ...row, body: { iv: new Uint8Array(12), sealed: new ArrayBuffer(40) } })
  await lock()
  expect(await unlock(USER.id, PIN)).toBe('open')
  expect(await listDrafts()).toEqual([])
  await syncNow()
  await giveBackDrafts()
  await syncNow()
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
})

test('finished work goes out while the phone is locked', async () => {
  await reportUrgent('case-1', { reported_at: '2026-07-08T01:00:00Z', text: '房子塌了' })
  await lock()
  await syncNow()
  expect((await (await openStore()).getAll('items')).every((item) => item.receipt)).toBe(true)
})

test('a draft that has no sealed copy yet stays when the PIN is given up', async () => {
  const db = await openStore()
  const { value } = (await db.get('meta', 'session'))!
  await db.put('meta', { key: 'session', value: { ...(value as object), depositKey: null } })
  await saveAnswers('case-1', { living_size: 4 })
  expect(await db.count('sealed_drafts')).toBe(0)
  await forgetPin(USER.id)
  await createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)
  await syncNow()
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
})

test('a discovery that was being written comes back to the discover page', async () => {
  const fields = { area: '620525100201', group: '4', name: '者玉梅', idNumber: '', needs: ['house'], text: '房檐掉瓦' }
  const caseId = await openDiscovery()
  await saveNote(caseId, 'discovery', fields)
  await restartLocked()
  await signIn('grid01', 'right')
  await forgetPin(USER.id)
  await createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)
  for (let round = 0; round < 2; round += 1) await syncNow()
  await giveBackDrafts()
  await syncNow()
  expect(await openDiscovery()).toBe(caseId)
  expect(await loadNote(caseId, 'discovery')).toEqual(fields)
})
