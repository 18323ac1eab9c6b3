import { keepPhoto, photoBlob, type PhotoMeta } from '../store/photos'
import type { PhotoPurpose } from '../store/rows'
import { shrinkPhoto } from './shrink'
import type { PhotoMark } from './watermark'

export { listPhotos, photoBlob, removePhoto } from '../store/photos'
export type { PhotoMeta } from '../store/photos'
export type { PhotoPurpose } from '../store/rows'
export type { PhotoMark } from './watermark'

/**
 * Shrinks, marks and keeps one picture for the unfinished form `purpose` of the case.
 * @throws PhoneProblem photo_heic, photo_unreadable, photo_torn, photo_too_large, photo_not_image,
 *   photo_too_many_bytes, storage_full, store_failed
 */
export async function addPhoto(
  caseId: string, kind: string, file: Blob, mark: PhotoMark, purpose: PhotoPurpose = 'visit',
): Promise<PhotoMeta> {
  const jpeg = await shrinkPhoto(file, mark)
  const bytes = new Uint8Array(await jpeg.arrayBuffer())
  return keepPhoto({ caseId, purpose, kind, takenAt: new Date(mark.time).toISOString(), source: mark.source }, bytes)
}

/** Puts a photo that was just taken away back, as it was marked then. @throws PhoneProblem storage_full, store_failed */
export async function putBackPhoto(caseId: string, photo: PhotoMeta, jpeg: Blob, purpose: PhotoPurpose = 'visit'): Promise<PhotoMeta> {
  const { kind, taken_at: takenAt, source } = photo
  return keepPhoto({ caseId, purpose, kind, takenAt, source }, new Uint8Array(await jpeg.arrayBuffer()))
}

/** An object URL; the caller revokes it. @throws PhoneProblem photo_not_here */
export async function photoUrl(id: string): Promise<string> {
  return URL.createObjectURL(await photoBlob(id))
}
