// What a list may show; the same vectors run against backend/domain/identity.py.

/** First character and, from three on, the last one. */
export function maskName(name: string): string {
  const letters = Array.from(name)
  if (letters.length < 2) return '*'.repeat(letters.length)
  if (letters.length === 2) return `${letters[0]}*`
  return letters[0] + (letters.length === 3 ? '*' : '**') + letters[letters.length - 1]
}

/** First six and last four characters; shorter texts are covered whole. */
export function maskId(number: string): string {
  if (number.length < 12) return '*'.repeat(number.length)
  return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4)
}

/** First three and last four of a mobile or landline number. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length)
  return phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4)
}
