import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { listPhotos, type PhotoMeta } from '../capture/photo'
import type { Answers } from '../rules/form_shape'
import { getCase, type LocalCase } from '../store/cases'
import { type Draft } from '../store/draft_list'
import { loadDraft, saveAnswers } from '../store/drafts'
import { beforeLock } from '../store/vault_lock'
import { holdUpdates } from '../sync/app_update'
import { useGiving, type Giving } from './given_together'
import { countsAfter } from './member_changes'
import { identified } from './own_ids'
import { sentenceOf } from './problem'
import { progressOf, type Progress } from './progress'
import { withVisitors } from './visitors'

const SAVE_AFTER_MS = 500
type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

export type OpenForm = Giving & {
  item: ShallowRef<LocalCase | null | undefined>
  draft: ShallowRef<Draft | undefined>
  photos: ShallowRef<PhotoMeta[]>
  /** Answers as the checks see them: with the photos. */
  answers: ComputedRef<Answers>
  progress: ComputedRef<Progress>
  saveState: Ref<SaveState>
  trouble: Ref<string>
  set: (changes: Answers) => void
  flush: () => Promise<void>
  loadPhotos: () => Promise<void>
  /** Reads the case again, and the answers unless some are still unsaved. */
  reload: () => Promise<void>
  ready: Promise<void>
}

/** The next page must not read a draft while the last page is still writing it. */
let lastSave: Promise<void> = Promise.resolve()

/** Photos as the answers carry them. */
export function photoAnswers(photos: PhotoMeta[]): Answers[] {
  return photos.map(({ id, kind, sha256, size, taken_at, source }) => ({ id, kind, sha256, size, taken_at, source }))
}

function autosave(caseId: string, content: () => Answers | undefined): Pick<OpenForm, 'saveState' | 'trouble' | 'flush'> & { later: () => void } {
  const saveState = ref<SaveState>('idle')
  const trouble = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDirty = false

  async function save(): Promise<void> {
    const answers = content()
    if (!answers || !isDirty) return
    isDirty = false
    try {
      await saveAnswers(caseId, answers)
      trouble.value = ''
      saveState.value = isDirty ? 'saving' : 'saved'
    } catch (problem) {
      isDirty = true
      saveState.value = 'failed'
      trouble.value = sentenceOf(problem)
    }
  }
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    lastSave = lastSave.then(save)
    return lastSave
  }
  function later(): void {
    isDirty = true
    saveState.value = 'saving'
    timer ??= setTimeout(() => { void flush() }, SAVE_AFTER_MS)
  }
  return { saveState, trouble, flush, later }
}

function flushWhenLeaving(flush: () => Promise<void>): void {
  const now = (): void => { void flush() }
  document.addEventListener('focusout', now)
  document.addEventListener('visibilitychange', now)
  window.addEventListener('pagehide', now)
  const noMore = beforeLock(flush)
  onScopeDispose(() => {
    noMore()
    document.removeEventListener('focusout', now)
    document.removeEventListener('visibilitychange', now)
    window.removeEventListener('pagehide', now)
    now()
  })
}

/** The unfinished form of one case, saved half a second after each change and whenever the page is left. */
export function useDraft(caseId: string): OpenForm {
  const item = shallowRef<LocalCase | null>()
  const draft = shallowRef<Draft>()
  const photos = shallowRef<PhotoMeta[]>([])
  const { saveState, trouble, flush, later } = autosave(caseId, () => draft.value?.answers)
  const answers = computed((): Answers => ({
    started_at: draft.value?.startedAt, ...withVisitors(draft.value?.answers, item.value), photos: photoAnswers(photos.value),
  }))

  async function loadPhotos(): Promise<void> {
    photos.value = await listPhotos(caseId)
  }
  async function load(): Promise<void> {
    await lastSave
    item.value = await getCase(caseId)
    if (!item.value) return
    const [loaded] = await Promise.all([loadDraft(caseId), loadPhotos()])
    draft.value = { ...loaded, answers: identified(loaded.answers) }
  }
  function set(changes: Answers): void {
    if (!draft.value) return
    const { answers: before } = draft.value
    draft.value = { ...draft.value, answers: { ...withVisitors(before, item.value), ...changes, ...countsAfter(before, changes) } }
    later()
  }
  async function reload(): Promise<void> {
    await flush()
    if (saveState.value !== 'failed') await load()
  }
  const ready = load().catch((problem: unknown) => { trouble.value = sentenceOf(problem) })
  flushWhenLeaving(flush)
  onScopeDispose(holdUpdates())
  const giving = useGiving(caseId, () => answers.value, set)
  return { ...giving, item, draft, photos, answers, progress: computed(() => progressOf(answers.value)), saveState, trouble, set, flush, loadPhotos, reload, ready }
}
