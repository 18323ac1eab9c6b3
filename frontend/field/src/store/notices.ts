import type { Notice } from '../contract/api'
import { closeBox, openBox } from './box'
import { openStore, writeOnce } from './db'
import { rowPlace } from './places'
import type { NoticeRow } from './rows'
import { requireOpen } from './session'
import { storeChanged } from './signal'

export type LocalNotice = Notice & { isSeen: boolean }

/** What this person was told, newest first. @throws PhoneProblem signed_out, locked */
export async function listNotices(): Promise<LocalNotice[]> {
  const { user } = await requireOpen()
  const rows = await (await openStore()).getAllFromIndex('notices', 'by_user', user.id)
  const notices = await Promise.all(rows.map(asNotice))
  return notices.sort((left, right) => (left.made_at < right.made_at ? 1 : -1))
}

/** @throws PhoneProblem signed_out, locked */
export async function markNoticeSeen(id: string): Promise<void> {
  const { user } = await requireOpen()
  await writeOnce(['notices'], async (tx) => {
    const row = await tx.objectStore('notices').get([user.id, id])
    if (row) await tx.objectStore('notices').put({ ...row, seen_at: new Date().toISOString() })
  })
  storeChanged('notices')
}

/** @throws PhoneProblem locked */
export async function closeNotice(userId: string, notice: Notice): Promise<NoticeRow> {
  const { text, ...facts } = notice
  const body = await closeBox(text, rowPlace('notices', { ...facts, user_id: userId }))
  return { ...facts, user_id: userId, seen_at: null, body }
}

async function asNotice(row: NoticeRow): Promise<LocalNotice> {
  const { id, case_id, made_at } = row
  const text = await openBox<string>(row.body, rowPlace('notices', row))
  return { id, case_id, made_at, kind: row.kind as Notice['kind'], text, isSeen: row.seen_at !== null }
}
