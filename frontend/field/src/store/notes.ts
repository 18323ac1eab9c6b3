import { closeBox, openBox } from './box'
import { openStore, writeOnce } from './db'
import type { NotePurpose } from './rows'
import { requireSession } from './session'

export type NoteFields = Record<string, unknown>

/** What was typed so far into a short form (observation, attempt, urgent) that is not finished. */
export async function loadNote(caseId: string, purpose: NotePurpose): Promise<NoteFields | null> {
  const { user } = await requireSession()
  const row = await (await openStore()).get('notes', [user.id, caseId, purpose])
  return row ? openBox<NoteFields>(row.body) : null
}

/** Resolves when it is on disk; finishing the form ends it. @throws PhoneProblem storage_full, store_failed */
export async function saveNote(caseId: string, purpose: NotePurpose, fields: NoteFields): Promise<void> {
  const { user } = await requireSession()
  const body = await closeBox(fields)
  await writeOnce(['notes'], async (tx) => {
    await tx.objectStore('notes').put({
      user_id: user.id, case_id: caseId, purpose, updated_at: new Date().toISOString(), body,
    })
  })
}
