import { PhoneProblem } from '../problem'
import { decodePicture, makeCanvas, toJpeg, type AnyCanvas, type Decoded } from './canvas'
import { inspectPicture } from './picture_file'
import { drawMark, type PhotoMark } from './watermark'

export const LONGEST_EDGE = 1600
export const MAX_JPEG_BYTES = 250_000

const QUALITIES = [0.82, 0.72, 0.62, 0.52, 0.42]
const EDGES = [LONGEST_EDGE, 1280, 1024]

/**
 * A JPEG of at most 1600 px and 250 KB with the mark burned in. It is drawn anew, so nothing of
 * the camera's own record (place, device) is left in it.
 * @throws PhoneProblem photo_heic, photo_unreadable, photo_torn, photo_too_large, photo_not_image,
 *   photo_too_many_bytes
 */
export async function shrinkPhoto(file: Blob, mark: PhotoMark): Promise<Blob> {
  const kind = await inspectPicture(file)
  const picture = await decodePicture(file).catch((cause: unknown) => {
    throw new PhoneProblem(kind === 'heic' ? 'photo_heic' : 'photo_unreadable', { cause })
  })
  try {
    return await smallestGood((edge) => drawPicture(picture, edge, mark), toJpeg)
  } finally {
    picture.close()
  }
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
