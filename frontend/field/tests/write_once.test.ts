import { beforeEach, expect, test } from 'vitest'
import { writeOnce } from '../src/store/db'
import { readMeta } from '../src/store/meta'
import { freshPhone } from './support/world'

beforeEach(freshPhone)

test('what was written is there when the promise resolves', async () => {
  expect(await writeOnce(['meta'], async (tx) => tx.objectStore('meta').put({ key: 'seq', value: 1 }))).toBe('seq')
  expect(await readMeta('seq')).toBe(1)
})

test('a transaction that fails after its last request is told as a failure', async () => {
  const failing = writeOnce(['meta'], async (tx) => {
    await tx.objectStore('meta').put({ key: 'seq', value: 1 })
    tx.abort()
  })
  await expect(failing).rejects.toMatchObject({ code: 'store_failed' })
  expect(await readMeta('seq')).toBeNull()
})

test('what was written before something failed is taken back', async () => {
  const failing = writeOnce(['meta'], async (tx) => {
    await tx.objectStore('meta').put({ key: 'seq', value: 1 })
    throw new Error('the program itself')
  })
  await expect(failing).rejects.toMatchObject({ code: 'store_failed' })
  expect(await readMeta('seq')).toBeNull()
})
