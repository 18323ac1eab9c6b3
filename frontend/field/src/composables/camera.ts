import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { addPhoto, photoBlob, putBackPhoto, removePhoto, type PhotoMeta, type PhotoPurpose } from '../capture/photo'
import type { LocalCase } from '../store/cases'
import { photos as w } from '../strings_case'
import { sentenceOf } from './problem'
import { session } from './session'

type Removed = { photo: PhotoMeta; jpeg: Blob | null }
export type Camera = {
  working: Ref<string>
  trouble: Ref<string>
  /** The photo just taken away; `jpeg` while it can be put back. */
  removed: ShallowRef<Removed | null>
  take: (kind: string, file: File, source: 'camera' | 'album') => Promise<PhotoMeta | null>
  drop: (photo: PhotoMeta) => Promise<void>
  putBack: () => Promise<void>
}

/** Takes pictures into the unfinished form of one case; `reload` reads the list again. */
export function useCamera(item: () => LocalCase | null | undefined, reload: () => Promise<void>, purpose: PhotoPurpose = 'visit'): Camera {
  const working = ref('')
  const trouble = ref('')
  const removed = shallowRef<Removed | null>(null)

  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    trouble.value = ''
    try {
      const result = await work()
      await reload()
      return result
    } catch (problem) {
      trouble.value = sentenceOf(problem)
      return null
    } finally {
      working.value = ''
    }
  }
  async function take(kind: string, file: File, source: 'camera' | 'album'): Promise<PhotoMeta | null> {
    const known = item()
    if (!known) return null
    working.value = kind
    removed.value = null
    const isAlbum = source === 'album'
    const mark = {
      time: new Date(isAlbum && file.lastModified ? file.lastModified : Date.now()).toISOString(),
      village: known.area.village, number: known.number, visitor: session.value?.user.name ?? '', source,
      ...(isAlbum && { note: w.fromAlbum }),
    }
    return attempt(() => addPhoto(known.id, kind, file, mark, purpose))
  }
  async function drop(photo: PhotoMeta): Promise<void> {
    const jpeg = photo.is_here ? await photoBlob(photo.id).catch(() => null) : null
    if (await attempt(() => removePhoto(photo.id).then(() => true))) removed.value = { photo, jpeg }
  }
  async function putBack(): Promise<void> {
    const { photo, jpeg } = removed.value ?? {}
    const known = item()
    if (!photo || !jpeg || !known) return
    if (await attempt(() => putBackPhoto(known.id, photo, jpeg, purpose))) removed.value = null
  }
  return { working, trouble, removed, take, drop, putBack }
}
