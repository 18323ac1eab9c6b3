import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { loadNote, saveNote, type NoteFields } from '../store/notes'
import type { NotePurpose } from '../store/rows'
import { beforeLock } from '../store/vault_lock'
import { sentenceOf } from './problem'

const QUIET_MS = 400

/**
 * Keeps what is typed into a short form on the phone, so that it outlives a call or a killed browser.
 * @returns `settle`: wait for the last save and keep nothing more, before the form is finished; `resume`: it was not.
 */
export function useNote(caseId: string, purpose: NotePurpose, fields: Record<string, Ref>, trouble: Ref<string>): { settle: () => Promise<void>; resume: () => void } {
  let timer = 0
  let isOver = false
  let isReady = false
  let last: Promise<void> = Promise.resolve()

  const current = (): NoteFields => JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.value]))))
  function save(): void {
    window.clearTimeout(timer)
    timer = 0
    if (isOver || !isReady) return
    last = last.then(() => saveNote(caseId, purpose, current())).catch((problem) => { trouble.value = sentenceOf(problem) })
  }
  function saveIfWaiting(): void {
    if (timer) save()
  }

  const noMore = beforeLock(async () => {
    saveIfWaiting()
    await last
  })

  onMounted(async () => {
    const kept = await loadNote(caseId, purpose).catch(() => null)
    for (const [key, field] of Object.entries(fields)) {
      if (kept && key in kept) field.value = kept[key]
    }
    isReady = true
    document.addEventListener('visibilitychange', saveIfWaiting)
    window.addEventListener('pagehide', saveIfWaiting)
  })
  onBeforeUnmount(() => {
    noMore()
    saveIfWaiting()
    isOver = true
    document.removeEventListener('visibilitychange', saveIfWaiting)
    window.removeEventListener('pagehide', saveIfWaiting)
  })
  watch(Object.values(fields), () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(save, QUIET_MS)
  }, { deep: true })

  async function settle(): Promise<void> {
    window.clearTimeout(timer)
    timer = 0
    isOver = true
    await last
  }
  function resume(): void {
    isOver = false
    save()
  }
  return { settle, resume }
}
