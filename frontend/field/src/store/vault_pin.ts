import { PhoneProblem } from '../problem'

const DIGITS = 6

/** @throws PhoneProblem pin_shape, pin_trivial */
export function requireGoodPin(pin: string): void {
  if (!new RegExp(`^\\d{${DIGITS}}$`).test(pin)) throw new PhoneProblem('pin_shape')
  if (isTrivial(pin)) throw new PhoneProblem('pin_trivial')
}

/** All alike, counting up or down, one half or one pair repeated: what is tried first. */
function isTrivial(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10))
  if (steps.size === 1 && (steps.has(0) || steps.has(1) || steps.has(9))) return true
  return pin.slice(0, 3) === pin.slice(3) || pin === pin.slice(0, 2).repeat(3)
    || /^(\d)\1\1(\d)\2\2$/.test(pin) || pin === '147258' || pin === '520131'
}
