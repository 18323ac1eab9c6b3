import { PhoneProblem } from '../problem'

const MAX_FILE_BYTES = 40 * 1024 * 1024
// A decoded pixel takes 4 bytes; more than this ends the tab on a 2 GB phone.
const MAX_PIXELS = 64_000_000
const HEIC_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/

export type PictureKind = 'jpeg' | 'heic' | 'other'

/**
 * Looks at the bytes before anything is decoded.
 * @throws PhoneProblem photo_not_image, photo_torn, photo_too_large
 */
export async function inspectPicture(file: Blob): Promise<PictureKind> {
  if (file.size === 0) throw new PhoneProblem('photo_torn')
  if (file.size > MAX_FILE_BYTES) throw new PhoneProblem('photo_too_large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    inspectJpeg(bytes)
    return 'jpeg'
  }
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIC_BRANDS.test(ascii(bytes, 8, 12))) return 'heic'
  const isKnown = ascii(bytes, 1, 4) === 'PNG' || ascii(bytes, 8, 12) === 'WEBP' || ascii(bytes, 4, 8) === 'ftyp'
  if (!isKnown) throw new PhoneProblem('photo_not_image')
  return 'other'
}

/** Walks the JPEG's segments: its size in pixels must be bearable and its scan must have an end. */
function inspectJpeg(bytes: Uint8Array): void {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!
    if (isFrame(marker)) refuseHugeFrame(bytes, at)
    at += 2 + length
    if (marker === 0xda) return refuseOpenScan(bytes, at)
  }
  throw new PhoneProblem('photo_torn')
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function refuseHugeFrame(bytes: Uint8Array, at: number): void {
  if (at + 9 > bytes.length) throw new PhoneProblem('photo_torn')
  const height = (bytes[at + 5]! << 8) | bytes[at + 6]!
  const width = (bytes[at + 7]! << 8) | bytes[at + 8]!
  if (width * height > MAX_PIXELS) throw new PhoneProblem('photo_too_large')
}

/** Cameras may append a film after the picture, so the end mark is looked for anywhere behind the scan. */
function refuseOpenScan(bytes: Uint8Array, from: number): void {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return
  }
  throw new PhoneProblem('photo_torn')
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}
