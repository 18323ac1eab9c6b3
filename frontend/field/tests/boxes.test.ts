import { beforeEach, expect, test } from 'vitest'
import { closeBox, openBox } from '../src/store/box'
import { keepOpen } from '../src/store/vault_state'

const HERE = { store: 'drafts', user: 'u1', case: 'case-1', purpose: 'visit' }

beforeEach(async () => {
  keepOpen('u1', await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']))
})

test('a box opens where it was closed', async () => {
  expect(await openBox(await closeBox('盐', HERE), HERE)).toBe('盐')
})

for (const [name, elsewhere] of [
  ['store', { ...HERE, store: 'notes' }], ['household', { ...HERE, case: 'case-2' }],
  ['purpose', { ...HERE, purpose: 'attempt' }],
] as const) {
  test(`a box of the same person does not open under another ${name}`, async () => {
    await expect(openBox(await closeBox('盐', HERE), elsewhere)).rejects.toMatchObject({ code: 'box_unreadable' })
  })
}
