/** Whether two names may be one household's told twice: the same, or one character apart after the same first one. */
export function isAlike(left: string, right: string): boolean {
  const one = Array.from(left.trim())
  const other = Array.from(right.trim())
  if (one.length < 2 || one.length !== other.length || one[0] !== other[0]) return false
  return one.filter((letter, at) => letter !== other[at]).length <= 1
}
