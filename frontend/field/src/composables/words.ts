import { CODEBOOK, type Code } from '../contract/codebook'
import { wordsTold } from './words_told'

/** The codes of a book as they are shown: in the county's own words where it has some, else in the standard ones. */
export function codesIn(book: string): readonly Code[] {
  const codes = CODEBOOK[book] ?? []
  const own = wordsTold.value[book]
  return own ? codes.map(({ code, label }) => ({ code, label: own[code] ?? label })) : codes
}

/** The word for a code, '' for what is none. */
export function labelOf(book: string, code: unknown): string {
  return codesIn(book).find((entry) => entry.code === code)?.label ?? ''
}
