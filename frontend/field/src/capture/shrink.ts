import { PhoneProblem } from '../problem'
import { canShrinkWhileDecoding, decodePicture, makeCanvas, toJpeg, type AnyCanvas, type Decoded } from './canvas'
import { inspectPicture, type Inspected } from './picture_file'
import { drawMark, type PhotoMark } from './watermark'

export const LONGEST_EDGE = 1600
export const MAX_JPEG_BYTES = 250_000

/** What a decoded picture may take whole: 4 bytes a pixel. Larger ones are shrunk while they are decoded. */
const WHOLE_PIXELS = 13_000_000
/** Without that, more ends the tab on a 2 GB phone. */
const OLD_BROWSER_PIXELS = 26_000_000
/** The shorter side of a tall picture is named, so this leaves enough of the longer one. */
const DECODED_WIDTH = 2048
const QUALITIES = [0.82, 0.72, 0.62, 0.52, 0.42]
const EDGES = [LONGEST_EDGE, 1280, 1024]

/**
 * A JPEG of at most 1600 px and 250 KB with the mark burned in. It is drawn anew, so nothing of
 * the camera's own record (place, device) is left in it.
 * @throws PhoneProblem photo_heic, photo_unreadable, photo_torn, photo_too_large, photo_not_image,
 *   photo_too_many_bytes
 */
export async function shrinkPhoto(file: Blob, mark: PhotoMark): Promise<Blob> {
  const seen = await inspectPicture(file)
  const width = await widthFor(seen)
  const picture = await decodePicture(file, width).catch((cause: unknown) => {
    throw new PhoneProblem(seen.kind === 'heic' ? 'photo_heic' : 'photo_unreadable', { cause })
  })
  try {
    return await smallestGood((edge) => drawPicture(picture, edge, mark), toJpeg)
  } finally {
    picture.close()
  }
}

async function widthFor({ pixels }: Inspected): Promise<number | undefined> {
  if (pixels <= WHOLE_PIXELS) return undefined
  if (await canShrinkWhileDecoding()) return DECODED_WIDTH
  if (pixels > OLD_BROWSER_PIXELS) throw new PhoneProblem('photo_too_large')
  return undefined
}

/** Width and height in px that keep the shape and let no edge exceed `longest`. */
export function fitInto(width: number, height: number, longest: number): { width: number; height: number } {
  const factor = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** Steps the quality down, then the size, until the picture is small enough. */
export async function smallestGood<Canvas>(
  draw: (edge: number) => Canvas, encode: (canvas: Canvas, quality: number) => Promise<Blob>,
): Promise<Blob> {
  for (const edge of EDGES) {
    const canvas = draw(edge)
    for (const quality of QUALITIES) {
      const jpeg = await encode(canvas, quality)
      if (jpeg.size <= MAX_JPEG_BYTES) return jpeg
    }
  }
  throw new PhoneProblem('photo_too_many_bytes')
}

function drawPicture(picture: Decoded, edge: number, mark: PhotoMark): AnyCanvas {
  const { width, height } = fitInto(picture.width, picture.height, edge)
  const { canvas, context } = makeCanvas(width, height)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture.image, 0, 0, width, height)
  drawMark(context, width, height, mark)
  return canvas
}
