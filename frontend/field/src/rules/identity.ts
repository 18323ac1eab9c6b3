// GB 11643 numbers as a person types them; the same vectors run against backend/domain/identity.py.

export type IdFault =
  | '' | 'missing' | 'precision_lost' | 'bad_length' | 'bad_birth' | 'bad_checksum' | 'bad_character' | 'foreign'

/** `number` has 18 characters, or is '' when it cannot be trusted; `fault` says why. */
export type IdReading = { number: string; fault: IdFault }

/** `birthOn` is YYYY-MM-DD. */
export type IdFacts = { number: string; sex: 'male' | 'female'; birthOn: string }

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'
const INVISIBLE = /[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+/g
const QUOTES = /["'`=‘’“”′″´＇＂]/g
const DASHES = /[-‐-―－_/\\.,，。、]/g
const X_LOOKALIKES = /[Хх×✕χΧ]/g
const SCIENTIFIC = /^[+-]?\d+(\.\d+)?[eE]\+?\d+$/
const RESIDENT = /^\d{17}[\dX]$/
const CARD = /^(\d{17}[\dX])([1-7])([1-4])(B\d)?$/
const LEGACY = /^\d{15}$/

/** The characters that count: no spaces, quotes, dashes; half-width; upper X. */
export function cleanId(raw: string): string {
  let text = raw.normalize('NFKC').replace(INVISIBLE, '')
  if (/^\d+\.0$/.test(text)) text = text.slice(0, -2)
  text = text.replace(QUOTES, '').replace(X_LOOKALIKES, 'X').toUpperCase()
  if (SCIENTIFIC.test(text)) return text
  text = text.replace(DASHES, '')
  if (/^[GL]/.test(text) && RESIDENT.test(text.slice(1))) text = text.slice(1)
  if (text.length <= 18 || /^\d+$/.test(text)) return text
  const found = (text.match(/[0-9A-Z]+/g) ?? []).filter((part) => isNumberLike(part))
  return found.length === 1 ? found[0]! : text
}

function isNumberLike(text: string): boolean {
  return RESIDENT.test(text) || CARD.test(text) || LEGACY.test(text)
}

/** Understands what was typed; `today` (YYYY-MM-DD) bounds the day of birth. */
export function understandId(raw: string, today: string = shanghaiToday()): IdReading {
  const text = cleanId(raw)
  if (!/\d/.test(text)) return { number: '', fault: 'missing' }
  if (SCIENTIFIC.test(text)) return { number: '', fault: 'precision_lost' }
  const whole = LEGACY.test(text) ? widenLegacy(text) : (CARD.exec(text)?.[1] ?? text)
  if (RESIDENT.test(whole)) {
    const fault = faultOf(whole, today)
    if (fault === 'bad_checksum' && text.length === 18 && text.endsWith('000')) {
      return { number: '', fault: 'precision_lost' }
    }
    return { number: fault ? '' : whole, fault }
  }
  if (/^[A-Z]{1,2}\d{7,9}$/.test(text)) return { number: '', fault: 'foreign' }
  return { number: '', fault: /^[\dX]+$/.test(text) ? 'bad_length' : 'bad_character' }
}

/** What a disability card tells (20 characters, reissued 22): the ID number, class digit and level; null if it is none. */
export function readCard(raw: string, today?: string): { number: string; kind: number; level: string } | null {
  const card = cleanId(raw)
  const [, , kind, level] = CARD.exec(card) ?? []
  const { number } = understandId(card, today)
  return kind && level && number ? { number, kind: Number(kind), level } : null
}

/** null when the number is not a valid ID (15 digits are widened first). */
export function readId(raw: string, today?: string): IdFacts | null {
  const { number } = understandId(raw, today)
  return number ? { number, sex: sexOf(number), birthOn: birthOf(number) } : null
}

export function checksumOf(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return CHECK_DIGITS[sum % 11]!
}

/** 15 digits → 18: the century after digit 6, then the check digit. */
export function widenLegacy(number: string): string {
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`
  return first17 + checksumOf(first17)
}

export function sexOf(number: string): 'male' | 'female' {
  return Number(number[16]) % 2 === 1 ? 'male' : 'female'
}

/** YYYY-MM-DD, without asking whether there is such a day. */
export function birthOf(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

/** Full years on the day `onDay` (YYYY-MM-DD). */
export function ageOn(birthOn: string, onDay: string): number {
  const years = Number(onDay.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return onDay.slice(5) < birthOn.slice(5) ? years - 1 : years
}

/** Today in China as YYYY-MM-DD; there has been no summer time since 1991. */
export function shanghaiToday(now: number = Date.now()): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
}

function faultOf(number: string, today: string): IdFault {
  const birthOn = birthOf(number)
  if (!isDay(birthOn) || birthOn < '1900-01-01' || birthOn > today) return 'bad_birth'
  return checksumOf(number.slice(0, 17)) === number[17] ? '' : 'bad_checksum'
}

function isDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}
