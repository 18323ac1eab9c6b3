import type { Place } from './box'
import type { CaseRow, DraftRow, NoteRow } from './rows'

// Which row a box belongs to: moved into another row it does not open.

export function casePlace(row: Pick<CaseRow, 'user_id' | 'id'>): Place {
  return { store: 'cases', user: row.user_id, case: row.id }
}

export function dialPlace(row: Pick<CaseRow, 'user_id' | 'id'>): Place {
  return { ...casePlace(row), purpose: 'dial' }
}

export function draftPlace(row: Pick<DraftRow, 'user_id' | 'case_id'>): Place {
  return { store: 'drafts', user: row.user_id, case: row.case_id, purpose: 'visit' }
}

export function notePlace(row: Pick<NoteRow, 'user_id' | 'case_id' | 'purpose'>): Place {
  return { store: 'notes', user: row.user_id, case: row.case_id, purpose: row.purpose }
}

/** For rows with an id of their own: titles, photo keys, notices, drafts given back. */
export function rowPlace(store: string, row: { user_id: string; case_id: string | null; id: string }): Place {
  return { store, user: row.user_id, case: row.case_id ?? '', purpose: row.id }
}
