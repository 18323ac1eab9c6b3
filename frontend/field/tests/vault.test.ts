import { beforeEach, expect, test } from 'vitest'
import { listCases } from '../src/store/cases'
import { openStore } from '../src/store/db'
import { listDrafts } from '../src/store/draft_list'
import { loadDraft, saveAnswers } from '../src/store/drafts'
import { loadNote, saveNote } from '../src/store/notes'
import { keepPhoto } from '../src/store/photos'
import { restoreSession } from '../src/store/session'
import { changePin, createVault, forgetPin, hasVault, isUnlocked, lock, onVaultChange, unlock, vaultState } from '../src/store/vault'
import { PIN_ITERATIONS } from '../src/store/vault_crypto'
import { dropKeys } from '../src/store/vault_state'
import { sampleBytes, USER } from './support/sample'
import { Opener } from './support/opener'
import { FEW_ITERATIONS, OTHER_PIN, PIN, readSealed, seedCases, seedOpenPerson, seedPerson } from './support/seeded'
import { freshPhone } from './support/world'

let desk: Opener

beforeEach(async () => {
  await freshPhone()
  desk = await Opener.fresh()
})

async function vaultRow() {
  return (await (await openStore()).get('people', USER.id))!.vault
}

test('a vault with the full number of rounds opens with its PIN after a restart', async () => {
  await seedPerson(USER, desk.depositKey)
  expect(await hasVault(USER.id)).toBe(false)
  await createVault(USER.id, PIN)
  expect((await vaultRow())!.iterations).toBe(PIN_ITERATIONS)
  expect(PIN_ITERATIONS).toBeGreaterThanOrEqual(210_000)
  dropKeys()
  const started = performance.now()
  expect(await unlock(USER.id, PIN)).toBe('open')
  console.log(`unlock, full rounds: ${Math.round(performance.now() - started)} ms`)
  expect(isUnlocked(USER.id)).toBe(true)
})

test('no key can be read out of the store or out of the open vault', async () => {
  await seedOpenPerson(USER, desk)
  const { vaultKey } = await import('../src/store/vault_state')
  expect(vaultKey(USER.id).extractable).toBe(false)
  await lock()
  await unlock(USER.id, PIN)
  expect(vaultKey(USER.id).extractable).toBe(false)
  const row = (await (await openStore()).get('keys', 'device'))!
  for (const key of [row.hmac_key, row.private_key]) expect(key.extractable).toBe(false)
})

test('the vault of a stolen store does not open on another phone', async () => {
  await seedOpenPerson(USER, desk)
  dropKeys()
  await (await openStore()).delete('keys', 'device')
  expect(await unlock(USER.id, PIN)).toEqual({ wrong: 9 })
})

for (const [pin, code] of [
  ['12345', 'pin_shape'], ['1234567', 'pin_shape'], ['12345a', 'pin_shape'], ['', 'pin_shape'],
  ['000000', 'pin_trivial'], ['123456', 'pin_trivial'], ['654321', 'pin_trivial'], ['789012', 'pin_trivial'],
  ['121212', 'pin_trivial'], ['123123', 'pin_trivial'], ['111222', 'pin_trivial'],
] as const) {
  test(`the PIN "${pin}" is refused as ${code}`, async () => {
    await seedPerson(USER, desk.depositKey)
    await expect(createVault(USER.id, pin, FEW_ITERATIONS)).rejects.toMatchObject({ code })
  })
}

test('a second vault never takes the place of the first', async () => {
  await seedOpenPerson(USER, desk)
  await expect(createVault(USER.id, OTHER_PIN, FEW_ITERATIONS)).rejects.toMatchObject({ code: 'vault_exists' })
})

test('locked, nothing of cases, drafts and notes is told', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id)
  await saveAnswers('case-1', { living_size: 4 })
  await saveNote('case-1', 'attempt', { reason: '锁着门' })
  await lock()
  const calls = [
    listCases, listDrafts, () => loadDraft('case-1'), () => loadNote('case-1', 'attempt'),
    () => saveAnswers('case-1', { living_size: 5 }), () => saveNote('case-1', 'attempt', {}), () => seedCases(USER.id),
  ]
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'locked' })
  expect(await unlock(USER.id, PIN)).toBe('open')
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
  expect(await loadNote('case-1', 'attempt')).toEqual({ reason: '锁着门' })
})

test('wrong tries are counted before they are tried, and a right one ends the count', async () => {
  await seedOpenPerson(USER, desk)
  dropKeys()
  expect(await unlock(USER.id, OTHER_PIN)).toEqual({ wrong: 9 })
  const kept = crypto.subtle.unwrapKey
  crypto.subtle.unwrapKey = () => Promise.reject(new Error('the browser was killed here'))
  await expect(unlock(USER.id, PIN)).rejects.toThrow('killed')
  crypto.subtle.unwrapKey = kept
  expect((await vaultRow())!.wrong_pins).toBe(2)
  expect(await unlock(USER.id, PIN)).toBe('open')
  expect((await vaultRow())!.wrong_pins).toBe(0)
})

test('the PIN can be changed with the old one only, and the work stays', async () => {
  await seedOpenPerson(USER, desk)
  await seedCases(USER.id)
  await saveAnswers('case-1', { living_size: 4 })
  await expect(changePin(USER.id, { old: '502934', next: OTHER_PIN }, FEW_ITERATIONS)).rejects.toMatchObject({ code: 'pin_wrong' })
  expect(await changePin(USER.id, { old: PIN, next: OTHER_PIN }, FEW_ITERATIONS)).toBe('changed')
  await lock()
  expect(await unlock(USER.id, PIN)).toEqual({ wrong: 9 })
  expect(await unlock(USER.id, OTHER_PIN)).toBe('open')
  expect((await loadDraft('case-1')).answers).toMatchObject({ living_size: 4 })
})

async function unfinishedWork(): Promise<void> {
  await seedCases(USER.id)
  await saveAnswers('case-1', { living_size: 4, hardship_words: '药钱太重' })
  await saveNote('case-1', 'observation', { text: '水窖见底' })
  await keepPhoto(
    { caseId: 'case-1', purpose: 'visit', kind: 'house', takenAt: '2026-07-08T01:00:00Z', source: 'camera' },
    sampleBytes(60_000),
  )
}

test('ten wrong PINs wipe what is readable and hand in every sealed copy', async () => {
  await seedOpenPerson(USER, desk)
  await unfinishedWork()
  await lock()
  for (let left = 9; left >= 1; left -= 1) expect(await unlock(USER.id, OTHER_PIN)).toEqual({ wrong: left })
  expect(await unlock(USER.id, OTHER_PIN)).toBe('wiped')
  const db = await openStore()
  for (const name of ['cases', 'drafts', 'notes', 'sealed_drafts'] as const) expect(await db.count(name)).toBe(0)
  expect(await vaultRow()).toBeNull()
  expect(await restoreSession()).toBeNull()
  const items = await db.getAll('items')
  expect(items.map((item) => item.kind)).toEqual(['draft', 'draft'])
  const contents = await Promise.all(items.map((item) => readSealed(desk, item.envelope)))
  const visit = contents.find((content) => content.purpose === 'visit')
  expect(visit.fields).toMatchObject({ living_size: 4, hardship_words: '药钱太重' })
  expect(contents.find((content) => content.purpose === 'observation').fields.text).toBe('水窖见底')
  const [photo] = await db.getAll('photos')
  expect(items.find((item) => item.id === photo!.item_id)).toBeDefined()
  expect(visit.fields.photos.map((one: { id: string }) => one.id)).toEqual([photo!.id])
})

test('a wipe that is cut off anywhere is done by the next try, whatever its PIN', async () => {
  for (let broken = 1; broken <= 9; broken += 1) {
    await freshPhone()
    await seedOpenPerson(USER, desk)
    await unfinishedWork()
    await lock()
    for (let tries = 1; tries <= 9; tries += 1) await unlock(USER.id, OTHER_PIN)
    const restore = failWrite(broken)
    const outcome = await unlock(USER.id, OTHER_PIN).catch((cause) => cause.code)
    restore()
    const db = await openStore()
    const [drafts, copies, items] = await Promise.all([db.count('drafts'), db.count('sealed_drafts'), db.count('items')])
    if (outcome === 'wiped') expect([drafts, copies, items]).toEqual([0, 0, 2])
    else expect([outcome, drafts, copies, items]).toEqual(['store_failed', 1, 2, 0])
    const isCounted = (await vaultRow())?.wrong_pins === 10
    if (isCounted) expect(await unlock(USER.id, PIN)).toBe('wiped')
  }
})

/** Makes the n-th write from now on fail, as a broken disk would. */
function failWrite(nth: number): () => void {
  const methods = ['put', 'add', 'delete'] as const
  const kept = methods.map((name) => IDBObjectStore.prototype[name])
  let count = 0
  methods.forEach((name, index) => {
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...args: any[]) {
      count += 1
      if (count === nth) throw new DOMException('disk', 'UnknownError')
      return (kept[index] as any).apply(this, args)
    } as any
  })
  return () => methods.forEach((name, index) => Object.assign(IDBObjectStore.prototype, { [name]: kept[index] }))
}

test('a PIN is not given up without the password', async () => {
  await seedOpenPerson(USER, desk)
  await expect(forgetPin(USER.id)).rejects.toMatchObject({ code: 'signed_out' })
})

test('screens hear of opening and locking', async () => {
  const heard: (string | null)[] = []
  const stop = onVaultChange((state) => heard.push(state.openFor))
  await seedOpenPerson(USER, desk)
  await lock()
  stop()
  expect(heard).toEqual([USER.id, null])
  expect(vaultState().openFor).toBeNull()
})
