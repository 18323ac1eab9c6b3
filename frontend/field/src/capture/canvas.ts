export type AnyCanvas = HTMLCanvasElement | OffscreenCanvas
export type AnyContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
export type Decoded = { image: CanvasImageSource; width: number; height: number; close(): void }

/**
 * The picture, turned upright as the camera meant it. What is wider than `width` is shrunk to it while it is
 * decoded, where the browser can: one side alone is named, so the other keeps the shape.
 */
export async function decodePicture(file: Blob, width?: number): Promise<Decoded> {
  if (typeof createImageBitmap === 'function') {
    try {
      const smaller: ImageBitmapOptions = width ? { resizeWidth: width, resizeQuality: 'high' } : {}
      const image = await createImageBitmap(file, { imageOrientation: 'from-image', ...smaller })
      return { image, width: image.width, height: image.height, close: () => image.close() }
    } catch (cause) {
      // Older browsers do not know 'from-image'; their <img> turns the picture itself.
      if (!(cause instanceof TypeError)) throw cause
    }
  }
  return decodeByElement(file)
}

/** Whether this browser shrinks while it decodes; an older one passes over what it does not know. */
export async function canShrinkWhileDecoding(): Promise<boolean> {
  if (typeof createImageBitmap === 'function') {
    try {
      const trial = await createImageBitmap(new ImageData(2, 2), { resizeWidth: 1 })
      return trial.width === 1
    } catch {
      return false
    }
  }
  return false
}

async function decodeByElement(file: Blob): Promise<Decoded> {
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    await new Promise<void>((resolve, reject) => {
      image.onload = () => resolve()
      image.onerror = () => reject(new Error('the browser cannot decode this picture'))
      image.src = url
    })
  } catch (cause) {
    URL.revokeObjectURL(url)
    throw cause
  }
  return { image, width: image.naturalWidth, height: image.naturalHeight, close: () => URL.revokeObjectURL(url) }
}

export function makeCanvas(width: number, height: number): { canvas: AnyCanvas; context: AnyContext } {
  const canvas = typeof OffscreenCanvas === 'function'
    ? new OffscreenCanvas(width, height)
    : Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d') as AnyContext | null
  if (!context) throw new Error('no drawing context')
  return { canvas, context }
}

export async function toJpeg(canvas: AnyCanvas, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality })
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no JPEG'))), 'image/jpeg', quality)
  })
}
