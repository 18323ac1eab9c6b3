import { closeBox, openBox } from './box'
import { openStore, writeOnce } from './db'
import { inOrder } from './in_order'
import { whileLess } from './loss_record'
import { notePlace } from './places'
import type { NotePurpose, NoteRow } from './rows'
import { sealCopy } from './sealed_drafts'
import { requireOpen } from './session'
import { storeChanged } from './signal'

export type NoteFields = Record<string, unknown>

/** What was typed so far into a short form (observation, attempt, explanation …) that is not finished. */
export async function loadNote(caseId: string, purpose: NotePurpose): Promise<NoteFields | null> {
  const { user } = await requireOpen()
  const row = await (await openStore()).get('notes', [user.id, caseId, purpose])
  return row ? openBox<NoteFields>(row.body, notePlace(row)) : null
}

/**
 * Resolves when it and its sealed copy are on disk; finishing the form ends both.
 * @throws PhoneProblem signed_out, locked, storage_full, store_failed
 */
export function saveNote(caseId: string, purpose: NotePurpose, fields: NoteFields): Promise<void> {
  return inOrder(`notes|${caseId}|${purpose}`, async () => {
    const session = await requireOpen()
    const row = await noteRow(session.user.id, caseId, purpose)
    const copy = await sealCopy(session, {
      caseId, purpose, baseRevision: row.base_revision, startedAt: row.started_at, savedAt: row.updated_at,
      fields, carried: [],
    })
    const body = copy ? await closeBox(fields, notePlace(row)) : { plain: JSON.stringify(fields) }
    await writeOnce(['notes', 'sealed_drafts'], async (tx) => {
      await tx.objectStore('notes').put({ ...row, body })
      if (copy) await tx.objectStore('sealed_drafts').put(copy)
    })
    storeChanged('draft')
  })
}

/** A short form that turned out not to be needed: it and its sealed copy go. @throws PhoneProblem as saveNote */
export function dropNote(caseId: string, purpose: NotePurpose): Promise<void> {
  return inOrder(`notes|${caseId}|${purpose}`, async () => {
    const { user } = await requireOpen()
    await whileLess(() => writeOnce(['notes', 'sealed_drafts'], async (tx) => {
      await tx.objectStore('notes').delete([user.id, caseId, purpose])
      await tx.objectStore('sealed_drafts').delete([user.id, caseId, purpose])
    }))
    storeChanged('draft')
  })
}

async function noteRow(
  userId: string, caseId: string, purpose: NotePurpose,
): Promise<Omit<Required<NoteRow>, 'body'>> {
  const db = await openStore()
  const old = await db.get('notes', [userId, caseId, purpose])
  const revision = old?.base_revision ?? (await db.get('cases', [userId, caseId]))?.revision ?? 0
  const now = new Date().toISOString()
  return {
    user_id: userId, case_id: caseId, purpose, updated_at: now, started_at: old?.started_at ?? now,
    base_revision: revision,
  }
}
