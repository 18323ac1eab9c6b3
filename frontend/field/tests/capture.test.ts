import { expect, test } from 'vitest'
import { inspectPicture } from '../src/capture/picture_file'
import { fitInto, MAX_JPEG_BYTES, smallestGood } from '../src/capture/shrink'
import { markLines } from '../src/capture/watermark'

/** The bones of a JPEG: one foreign segment, a frame header, a scan, the end mark. */
function jpeg({ width = 4000, height = 3000, hasEnd = true, tail = [] as number[] } = {}): Blob {
  const bytes = [
    0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 1, 2,
    0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0,
    0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 9, 9, 9,
  ]
  return new Blob([new Uint8Array([...bytes, ...(hasEnd ? [0xff, 0xd9] : []), ...tail])])
}

function png(width: number, height: number): Blob {
  const head = new DataView(new ArrayBuffer(24))
  head.setUint32(0, 0x89504e47)
  head.setUint32(16, width)
  head.setUint32(20, height)
  return new Blob([head.buffer])
}

const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0))

test('a whole picture passes, also with a film behind it', async () => {
  expect(await inspectPicture(jpeg())).toEqual({ kind: 'jpeg', pixels: 12_000_000 })
  expect(await inspectPicture(jpeg({ tail: ascii('ftypmp42') }))).toMatchObject({ kind: 'jpeg' })
})

for (const [name, file, code] of [
  ['nothing', new Blob([]), 'photo_torn'],
  ['a scan without its end, though the preview inside has one', jpeg({ hasEnd: false }), 'photo_torn'],
  ['a head alone', new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe1])]), 'photo_torn'],
  ['a 108-megapixel frame', jpeg({ width: 12000, height: 9000 }), 'photo_too_large'],
  ['a screenshot of 108 megapixels', png(12000, 9000), 'photo_too_large'],
  ['a frame header that is cut off', new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 9])]), 'photo_torn'],
  ['a huge file', new Blob([new Uint8Array(41 * 1024 * 1024)]), 'photo_too_large'],
  ['a document', new Blob(['%PDF-1.7']), 'photo_not_image'],
] as const) {
  test(`${name} is refused as ${code}`, async () => {
    await expect(inspectPicture(file)).rejects.toMatchObject({ code })
  })
}

test('HEIC is recognised by its brand', async () => {
  const file = new Blob([new Uint8Array([0, 0, 0, 24, ...ascii('ftypheic'), 0, 0, 0, 0])])
  expect(await inspectPicture(file)).toMatchObject({ kind: 'heic' })
})

test('the longest edge becomes 1600 px, smaller pictures stay as they are', () => {
  expect(fitInto(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
  expect(fitInto(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 })
  expect(fitInto(800, 600, 1600)).toEqual({ width: 800, height: 600 })
})

test('quality goes down before size, and the first that fits is taken', async () => {
  const tried: string[] = []
  const encode = async (edge: number, quality: number): Promise<Blob> => {
    tried.push(`${edge}@${quality}`)
    return new Blob([new Uint8Array(edge === 1280 && quality < 0.8 ? MAX_JPEG_BYTES : MAX_JPEG_BYTES + 1)])
  }
  expect((await smallestGood((edge) => edge, encode)).size).toBe(MAX_JPEG_BYTES)
  expect(tried).toEqual(['1600@0.82', '1600@0.72', '1600@0.62', '1600@0.52', '1600@0.42', '1280@0.82', '1280@0.72'])
})

test('a picture that never gets small enough is refused by name', async () => {
  const encode = async (): Promise<Blob> => new Blob([new Uint8Array(MAX_JPEG_BYTES + 1)])
  await expect(smallestGood((edge) => edge, encode)).rejects.toMatchObject({ code: 'photo_too_many_bytes' })
})

test('the mark tells China\'s time wherever the phone thinks it is', () => {
  const mark = {
    time: '2026-07-08T16:05:00Z', village: '上磨村', number: 'ZJC-2026-0001', visitor: '马玉兰',
    source: 'album' as const, note: '相册',
  }
  expect(markLines(mark)).toEqual({ time: '00:05', date: '2026-07-09  相册', rest: ['上磨村', 'ZJC-2026-0001  马玉兰'] })
})
