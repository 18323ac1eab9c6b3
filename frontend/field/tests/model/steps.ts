import fc from 'fast-check'
import { FAULTS, type Fault } from './line'
import type { Bar } from './office'

const HOUR = 3600
const DAY = 24 * HOUR
const JUMPS = [365 * DAY, -365 * DAY, 2 * DAY, -2 * DAY, 20 * 60, -20 * 60]
export const LONG_PASS = 31 * DAY
const PASSES = [60, 20 * 60, 2 * HOUR, 8 * DAY, LONG_PASS]
const BARS: Bar[] = [{ status: 409, code: 'photo_taken' }, { status: 503, code: 'upload_key_unknown' }, { status: 500, code: 'server_error' }]
const SIZES = [300, 900, 49_136, 49_137, 70_000]

export type NoteKind = 'observation' | 'attempt' | 'urgent'
export type FormKind = 'visit' | NoteKind
/** p: phone, w: window, u: person, c: household; `fuse`: the window dies at that write or request. */
type Place = { p: number; w: number; u: number; fuse: number }
export type Step =
  | ({ do: 'save'; c: number; form: FormKind } & Place)
  | ({ do: 'finish'; c: number; form: FormKind; twice: boolean } & Place)
  | ({ do: 'photo'; c: number; form: 'visit' | 'observation' | 'attempt'; size: number } & Place)
  | ({ do: 'sync'; line: Fault[] } & Place)
  | ({ do: 'signIn' | 'signOut' | 'enrol' | 'wrongPins' | 'forgetPin'; line: Fault[]; tries: number } & Place)
  | ({ do: 'adopt' | 'lock' | 'crash' | 'look' } & Place)
  | { do: 'jump'; p: number; seconds: number }
  | { do: 'pass'; seconds: number }
  | { do: 'rescue'; p: number; to: number }
  | { do: 'reassign'; c: number; u: number }
  | { do: 'closeCase'; c: number }
  | { do: 'revoke'; p: number }
  | { do: 'bar'; p: number; what: 'item' | 'photo'; bar: Bar }
  | { do: 'closeAccount'; u: number }
  | { do: 'backup' | 'restore' | 'work' }

const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const few = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most })
const forms = oneOf<FormKind>('visit', 'visit', 'observation', 'observation', 'attempt', 'urgent')
const place = {
  p: oneOf(0, 0, 0, 0, 1, 2), w: oneOf(0, 0, 0, 1), u: oneOf(0, 0, 0, 1),
  fuse: oneOf(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 10, 13),
}
const line = fc.array(oneOf<Fault>('ok', 'ok', 'ok', ...FAULTS), { maxLength: 5 })
const step = <T extends object>(name: string, rest: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Step> => {
  return fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<Step>
}
const weighed: [number, fc.Arbitrary<Step>][] = [
  [10, step('save', { ...place, c: few(2), form: forms })],
  [22, step('finish', { ...place, c: few(2), form: forms, twice: oneOf(false, false, false, true) })],
  [9, step('photo', { ...place, c: few(2), form: oneOf('visit', 'observation', 'attempt'), size: oneOf(300, 300, 300, 300, ...SIZES) })],
  [26, step('sync', { ...place, line })],
  [4, step('signIn', { ...place, line, tries: fc.constant(0) })],
  [3, step('signOut', { ...place, line, tries: fc.constant(0) })],
  [2, step('enrol', { ...place, line, tries: fc.constant(0) })],
  [3, step('wrongPins', { ...place, line, tries: oneOf(1, 10, 10) })],
  [1, step('forgetPin', { ...place, line, tries: fc.constant(0) })],
  [2, step('adopt', place)], [3, step('lock', place)], [5, step('crash', place)], [4, step('look', place)],
  [5, step('jump', { p: place.p, seconds: oneOf(...JUMPS) })],
  [4, step('pass', { seconds: oneOf(...PASSES) })],
  [3, step('rescue', { p: place.p, to: few(2) })],
  [2, step('reassign', { c: few(2), u: few(1) })], [1, step('closeCase', { c: few(2) })],
  [3, step('bar', { p: place.p, what: oneOf('item', 'photo', 'photo'), bar: oneOf(...BARS) })],
  [1, step('revoke', { p: few(2) })], [1, step('closeAccount', { u: few(1) })],
  [2, step('backup', {})], [3, step('restore', {})], [2, step('work', {})],
]
const steps = fc.oneof(...weighed.map(([weight, arbitrary]) => ({ weight, arbitrary })))

/** A photo that arrives before the server goes back: by chance, one in two thousand schedules has its four steps in this order. */
const photoBeforeRestore = fc.record({
  who: oneOf({ p: 0, u: 0 }, { p: 0, u: 0 }, { p: 0, u: 1 }, { p: 1, u: 1 }), c: few(2),
  form: oneOf('visit' as const, 'observation' as const, 'attempt' as const),
  size: oneOf(300, 300, 300, 49_137), line: oneOf<Fault[]>([], [], ['ok', 'after']),
}).map(({ who, c, form, size, line: faults }): Step[] => {
  const at = { ...who, w: 0, fuse: 0 }
  return [
    { do: 'photo', ...at, c, form, size }, { do: 'finish', ...at, c, form, twice: false }, { do: 'sync', ...at, line: faults },
  ]
})
const some = (most: number): fc.Arbitrary<Step[]> => fc.array(steps, { maxLength: most, size: 'max' })

/** Most are short, since most faults need few steps; some are long, and some are about what is rare by chance. */
export const schedules = fc.oneof(
  { weight: 32, arbitrary: fc.array(steps, { minLength: 3, maxLength: 6, size: 'max' }) },
  { weight: 6, arbitrary: fc.array(steps, { minLength: 7, maxLength: 12, size: 'max' }) },
  { weight: 2, arbitrary: fc.array(steps, { minLength: 12, maxLength: 30, size: 'max' }) },
  { weight: 1, arbitrary: fc.tuple(some(1), photoBeforeRestore, some(1), fc.constant<Step[]>([{ do: 'restore' }]), some(2)).map((parts) => parts.flat()) },
)
