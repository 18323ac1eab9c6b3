import { PhoneProblem } from '../problem'

/** Degrees to about a kilometre: enough to tell the village, and all that is ever kept. */
export type Place = { lat: number; lon: number; taken_at: string }

const STEPS_PER_DEGREE = 100
const PATIENCE_MS = 15_000
const STILL_FRESH_MS = 120_000
/** `GeolocationPositionError.PERMISSION_DENIED`; older browsers have no such name. */
const DENIED = 1

/** Where the phone is, once, because somebody tapped for it. @throws PhoneProblem place_denied, place_unknown */
export async function takePlace(): Promise<Place> {
  const finder = globalThis.navigator?.geolocation
  if (!finder) throw new PhoneProblem('place_unknown')
  const found = await new Promise<GeolocationPosition>((resolve, reject) => {
    const fail = (cause: GeolocationPositionError): void => {
      reject(new PhoneProblem(cause.code === DENIED ? 'place_denied' : 'place_unknown', { cause }))
    }
    finder.getCurrentPosition(resolve, fail, { enableHighAccuracy: false, timeout: PATIENCE_MS, maximumAge: STILL_FRESH_MS })
  })
  const { latitude, longitude } = found.coords
  return { lat: coarse(latitude), lon: coarse(longitude), taken_at: new Date().toISOString() }
}

export function coarse(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE
}

/** The place that the answers carry. */
export function placeOf(value: unknown): Place | null {
  const told = value as Partial<Place> | null | undefined
  return typeof told?.lat === 'number' && typeof told.lon === 'number' && typeof told.taken_at === 'string' ? (told as Place) : null
}
