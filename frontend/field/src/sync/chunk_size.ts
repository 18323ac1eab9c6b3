/**
 * How much of a photo goes in one request. A village's line is cut often, and an upload that is cut before its address
 * is known begins anew: so little at first, and a whole photo only over a line that has just proven to be fast.
 */
export const SMALL_CHUNK = 64 * 1024
export const LARGE_CHUNK = 512 * 1024
/** Whoever brings a small one in this time brings a photo of 250 KB within a second or so. */
const FAST_MS = 300

let bytes = SMALL_CHUNK
let wasCut = false

export function chunkBytes(): number {
  return bytes
}

/** After a cut the address is asked for first: what comes then goes on at the byte where it was cut. */
export function isAddressFirst(): boolean {
  return wasCut
}

/** A request with so many bytes was answered after so long; short ones tell nothing of the line. */
export function noteSent(size: number, ms: number): void {
  if (size < SMALL_CHUNK) return
  bytes = ms * SMALL_CHUNK <= FAST_MS * size ? LARGE_CHUNK : SMALL_CHUNK
  wasCut = false
}

/** Whatever went wrong, the next ones go in small pieces. */
export function noteCut(): void {
  bytes = SMALL_CHUNK
  wasCut = true
}
