import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { addPhoto, removePhoto, type PhotoMeta, type PhotoPurpose } from '../capture/photo'
import type { LocalCase } from '../store/cases'
import { photos as w } from '../strings_case'
import { sentenceOf } from './problem'
import { session } from './session'

export type Camera = {
  working: Ref<string>
  trouble: Ref<string>
  removed: ShallowRef<PhotoMeta | null>
  take: (kind: string, file: File, source: 'camera' | 'album') => Promise<PhotoMeta | null>
  drop: (photo: PhotoMeta) => Promise<void>
}

/** Takes pictures into the unfinished form of one case; `reload` reads the list again. */
export function useCamera(item: () => LocalCase | null | undefined, reload: () => Promise<void>, purpose: PhotoPurpose = 'visit'): Camera {
  const working = ref('')
  const trouble = ref('')
  const removed = shallowRef<PhotoMeta | null>(null)

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
    if (await attempt(() => removePhoto(photo.id).then(() => true))) removed.value = photo
  }
  return { working, trouble, removed, take, drop }
}
