import { expect, test, vi } from 'vitest'
import { useFiling } from '../src/composables/filing'
import { PhoneProblem } from '../src/problem'
import { problems } from '../src/strings'

test('what is being filed is filed once, however often it is tapped', async () => {
  const { file, isBusy, trouble } = useFiling()
  let finish = (): void => {}
  const work = vi.fn(() => new Promise<void>((resolve) => { finish = resolve }))
  const first = file(work)
  await file(work)
  expect([work.mock.calls.length, isBusy.value]).toEqual([1, true])
  finish()
  await first
  expect([isBusy.value, trouble.value]).toEqual([false, ''])
})

test('what fails says why, lets the form go on and may be tried again', async () => {
  const { file, isBusy, trouble } = useFiling()
  const goesOn = vi.fn()
  await file(async () => { throw new PhoneProblem('storage_full') }, goesOn)
  expect([trouble.value, isBusy.value, goesOn.mock.calls.length]).toEqual([problems.storage_full, false, 1])
  const again = vi.fn(async () => {})
  await file(again, goesOn)
  expect([again.mock.calls.length, goesOn.mock.calls.length]).toEqual([1, 1])
})
