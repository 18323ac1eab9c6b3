export type IdFacts = { number: string; sex: 'male' | 'female'; birthOn: string }
/** null when the number is not a valid 18-digit ID (15 digits are widened first). */
export function readId(_raw: string, _today?: string): IdFacts | null {
  return null
}
export function normaliseId(raw: string): string {
  return raw
}
/** Full years on the day `onDay` (YYYY-MM-DD). */
export function ageOn(_birthOn: string, _onDay: string): number {
  return 0
}
