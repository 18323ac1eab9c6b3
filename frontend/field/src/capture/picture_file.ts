import { PhoneProblem } from '../problem'

const MAX_FILE_BYTES = 40 * 1024 * 1024
// Even shrunk while it is decoded, a larger picture ends the tab on a 2 GB phone.
const MAX_PIXELS = 64_000_000
const HEIC_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/

export type PictureKind = 'jpeg' | 'heic' | 'other'
/** `pixels` is 0 where the head does not say. */
export type Inspected = { kind: PictureKind; pixels: number }

/**
 * Looks at the bytes before anything is decoded.
 * @throws PhoneProblem photo_not_image, photo_torn, photo_too_large
 */
export async function inspectPicture(file: Blob): Promise<Inspected> {
  if (file.size === 0) throw new PhoneProblem('photo_torn')
  if (file.size > MAX_FILE_BYTES) throw new PhoneProblem('photo_too_large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return { kind: 'jpeg', pixels: inspectJpeg(bytes) }
  }
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIC_BRANDS.test(ascii(bytes, 8, 12))) return { kind: 'heic', pixels: 0 }
  if (ascii(bytes, 1, 4) === 'PNG') return { kind: 'other', pixels: bearable(bigEndian(bytes, 16, 4) * bigEndian(bytes, 20, 4)) }
  const isKnown = ascii(bytes, 8, 12) === 'WEBP' || ascii(bytes, 4, 8) === 'ftyp'
  if (!isKnown) throw new PhoneProblem('photo_not_image')
  return { kind: 'other', pixels: 0 }
}

/** Walks the JPEG's segments: its size in pixels must be bearable and its scan must have an end. */
function inspectJpeg(bytes: Uint8Array): number {
  let at = 2
  let pixels = 0
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) pixels = bearable(bigEndian(bytes, at + 5, 2) * bigEndian(bytes, at + 7, 2))
    at += 2 + bigEndian(bytes, at + 2, 2)
    if (marker === 0xda) {
      refuseOpenScan(bytes, at)
      return pixels
    }
  }
  throw new PhoneProblem('photo_torn')
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function bearable(pixels: number): number {
  if (Number.isNaN(pixels)) throw new PhoneProblem('photo_torn')
  if (pixels > MAX_PIXELS) throw new PhoneProblem('photo_too_large')
  return pixels
}

/** NaN where the file ends before. */
function bigEndian(bytes: Uint8Array, from: number, length: number): number {
  let value = 0
  for (let at = from; at < from + length; at += 1) value = value * 256 + (bytes[at] ?? NaN)
  return value
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
