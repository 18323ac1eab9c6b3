import { PhoneProblem } from '../problem'
import { closeBox } from './box'
import { closeCase, openCase } from './cases'
import { openStore, writeOnce } from './db'
import { rowsOf } from './held'
import { draftPlace, notePlace, rowPlace } from './places'
import type { Box, CaseRow, DraftRow, ItemRow, NoteRow } from './rows'
import { asUnfinished, copyAgain, sealCopy } from './sealed_drafts'
import { requireOpen, type Session } from './session'
import { handInDamaged } from './vault_wipe'

/**
 * Closes what an older version of the program left plain, row by row: cut off anywhere, the next unlock
 * goes on. A full phone keeps its plain rows until there is room.
 * @throws PhoneProblem locked, store_failed
 */
export async function closeWhatIsPlain(userId: string): Promise<void> {
  const session = await requireOpen()
  if (session.user.id !== userId) return
  try {
    await closeAll(session)
  } catch (cause) {
    if (!(cause instanceof PhoneProblem && cause.code === 'storage_full')) throw cause
  }
}

async function closeAll(session: Session): Promise<void> {
  const userId = session.user.id
  const db = await openStore()
  const copies = await db.getAllFromIndex('sealed_drafts', 'by_user', userId)
  const copied = new Set(copies.map((row) => [row.case_id, row.purpose, row.saved_at].join()))
  for (const row of await db.getAllFromIndex('drafts', 'by_user', userId)) {
    if (await isDamaged(row)) await handInDamaged(row)
    else if (!isSafe(row, copied)) await closeDraft(session, row)
  }
  for (const row of await db.getAll('notes', rowsOf(userId))) {
    if (await isDamaged(row)) await handInDamaged(row)
    else if (!isSafe(row, copied)) await closeDraft(session, row)
  }
  await copyLonePhotos(userId)
  for (const row of await db.getAllFromIndex('cases', 'by_user', userId)) {
    if (!('iv' in row.body)) await closePlainCase(row)
  }
  for (const row of await db.getAllFromIndex('items', 'by_user', userId)) {
    if (typeof row.title === 'string' && row.title) await closeTitle(row, row.title)
  }
}

async function isDamaged(row: DraftRow | NoteRow): Promise<boolean> {
  try {
    await asUnfinished(row)
    return false
  } catch (cause) {
    if (cause instanceof PhoneProblem && cause.code === 'box_unreadable') return true
    throw cause
  }
}

function isSafe(row: DraftRow | NoteRow, copied: Set<string>): boolean {
  const purpose = 'purpose' in row ? row.purpose : 'visit'
  return 'iv' in row.body && copied.has([row.case_id, purpose, row.updated_at].join())
}

async function closeDraft(session: Session, row: DraftRow | NoteRow): Promise<void> {
  const unfinished = await asUnfinished(row)
  const copy = await sealCopy(session, unfinished)
  if (!copy) return
  const place = 'purpose' in row ? notePlace(row) : draftPlace(row)
  const body: Box = await closeBox(unfinished.fields, place)
  await writeOnce(['drafts', 'notes', 'sealed_drafts'], async (tx) => {
    const key: [string, string, string] = [row.user_id, row.case_id, copy.purpose]
    const current = 'purpose' in row
      ? await tx.objectStore('notes').get(key) : await tx.objectStore('drafts').get([row.user_id, row.case_id])
    // Saved or finished meanwhile: that has closed it.
    if (current?.updated_at !== row.updated_at) return
    if ('purpose' in row) await tx.objectStore('notes').put({ ...row, body })
    else await tx.objectStore('drafts').put({ ...row, body })
    await tx.objectStore('sealed_drafts').put(copy)
  })
}

/** Photos taken before the first answer: a copy that names them takes them along when the vault goes. */
async function copyLonePhotos(userId: string): Promise<void> {
  const db = await openStore()
  for (const photo of await db.getAllFromIndex('photos', 'by_user', userId)) {
    if (photo.item_id !== null) continue
    const isCopied = await db.getKey('sealed_drafts', [userId, photo.case_id, photo.purpose])
    if (!isCopied) await copyAgain(photo.case_id, photo.purpose)
  }
}

async function closePlainCase(row: CaseRow): Promise<void> {
  const closed = await closeCase(row.user_id, await openCase(row))
  await writeOnce(['cases'], async (tx) => {
    const current = await tx.objectStore('cases').get([row.user_id, row.id])
    if (current && !('iv' in current.body)) await tx.objectStore('cases').put({ ...closed, is_gone: current.is_gone })
  })
}

async function closeTitle(row: ItemRow, text: string): Promise<void> {
  const title = await closeBox(text, rowPlace('items', row))
  await writeOnce(['items'], async (tx) => {
    const current = await tx.objectStore('items').get(row.id)
    if (current && current.title === text) await tx.objectStore('items').put({ ...current, title })
  })
}
