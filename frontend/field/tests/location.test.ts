import { afterEach, expect, test, vi } from 'vitest'
import { placeOf, takePlace } from '../src/capture/location'

type Answer = { latitude: number; longitude: number } | { code: number }

function finder(answer: Answer): void {
  vi.stubGlobal('navigator', {
    geolocation: {
      getCurrentPosition: (found: (one: unknown) => void, failed: (one: unknown) => void) => {
        if ('code' in answer) failed(answer)
        else found({ coords: answer })
      },
    },
  })
}
afterEach(() => vi.unstubAllGlobals())

test('nothing finer than a hundredth of a degree leaves the finder', async () => {
  finder({ latitude: 34.987654, longitude: 106.212345 })
  const place = await takePlace()
  expect(place).toMatchObject({ lat: 34.99, lon: 106.21 })
  expect(Object.keys(place).sort()).toEqual(['lat', 'lon', 'taken_at'])
})

for (const [code, named] of [[1, 'place_denied'], [2, 'place_unknown'], [3, 'place_unknown']] as const) {
  test(`error ${code} is ${named}`, async () => {
    finder({ code })
    await expect(takePlace()).rejects.toMatchObject({ code: named })
  })
}

test('a phone without a finder says so', async () => {
  vi.stubGlobal('navigator', {})
  await expect(takePlace()).rejects.toMatchObject({ code: 'place_unknown' })
})

test('only a whole place is read from the answers', () => {
  expect(placeOf({ lat: 34.99, lon: 106.21, taken_at: '2026-07-09T09:12:00Z' })).not.toBeNull()
  expect(placeOf({ lat: 34.99 })).toBeNull()
  expect(placeOf(undefined)).toBeNull()
})
