import type { LocalCase } from '../store/cases'
import type { OutboxEntry } from '../store/outbox_list'
import { loadNote, saveNote } from '../store/notes'
import { urgent as w } from '../strings_case'
import { momentText } from './time'

export type Reported = { key: string; text: string; isReceived: boolean }

/** What was reported as 急难 from this phone, the newest first, and what the office knows by itself. */
export function reportedOf(item: Pick<LocalCase, 'is_urgent'> | null | undefined, entries: OutboxEntry[]): Reported[] {
  const own = entries.filter((entry) => entry.item.kind === 'urgent').map(({ item: { id, savedAt, receivedAt, reason } }) => ({
    key: id, isReceived: !!receivedAt,
    text: (receivedAt ? w.reportedAt(momentText(savedAt)) + w.gotAt(momentText(receivedAt)) : w.notedAt(momentText(savedAt)) + w.waits) + (reason ? w.stop + reason : ''),
  }))
  return own.length || !item?.is_urgent ? own : [{ key: 'known', isReceived: true, text: w.known }]
}

/** Nothing is called reported before there is a receipt. */
export const reportedHead = (reported: readonly Reported[]): string => (reported.some((one) => one.isReceived) ? w.already : w.noted)

/** The report begins with the words of the form, unless somebody already wrote others into it; it opens in any case. */
export async function beginReport(caseId: string, said: unknown): Promise<void> {
  const text = typeof said === 'string' ? said.trim() : ''
  if (!text) return
  try {
    const kept = await loadNote(caseId, 'urgent')
    if (!kept?.text) await saveNote(caseId, 'urgent', { needs: [], tonight: '', ...kept, text })
  } catch { /* Nothing is lost: the words stand in the form. */ }
}
