import type { DraftPurpose } from './rows'

/** A draft as the pull brings it back. */
export type GivenBack = {
  id: string; case_id: string; purpose: DraftPurpose; base_revision: number
  started_at: string | null; saved_at: string; fields: Record<string, unknown>
}

/** Keeps what the server gave back, newer local work untouched. @throws PhoneProblem locked */
export async function takeBackDrafts(userId: string, drafts: GivenBack[]): Promise<void> {
  void userId
  void drafts
}

/** What is safe on this phone and the server has not heard of: for `drafts_taken` of the next pull. */
export async function takenDraftIds(userId: string): Promise<string[]> {
  void userId
  return []
}

/** The server has heard of these. */
export async function noteTakenDraftsTold(userId: string, ids: string[]): Promise<void> {
  void userId
  void ids
}
