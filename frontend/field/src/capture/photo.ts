/** Which form a photo belongs to while it is unfinished. */
export type PhotoPurpose = 'visit' | 'observation' | 'attempt'
export type PhotoMark = {
  /** Instant the photo shows, ISO. */
  time: string
  village: string; number: string; visitor: string
  source: 'camera' | 'album'
  /** A short word burned in beside the date, e.g. for album pictures. */
  note?: string
}
export type PhotoMeta = {
  id: string; kind: string; sha256: string; size: number; taken_at: string
  source: 'camera' | 'album'; state: 'draft' | 'waiting' | 'sending' | 'received'; is_here: boolean
}
/** @throws PhoneProblem photo_heic, photo_unreadable, photo_torn, photo_too_large, photo_not_image, storage_full */
export async function addPhoto(
  _caseId: string, _kind: string, _file: Blob, _mark: PhotoMark, _purpose: PhotoPurpose = 'visit',
): Promise<PhotoMeta> {
  throw new Error('not built yet')
}
/** An object URL; the caller revokes it. @throws PhoneProblem photo_not_here */
export async function photoUrl(_id: string): Promise<string> {
  throw new Error('not built yet')
}
/** Only while the photo is in a draft. @throws PhoneProblem photo_already_finished */
export async function removePhoto(_id: string): Promise<void> {}
/** Photos of the unfinished form, those carried over from a returned visit included. */
export async function listPhotos(_caseId: string, _purpose: PhotoPurpose = 'visit'): Promise<PhotoMeta[]> {
  return []
}
