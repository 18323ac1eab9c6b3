import type { Case, ChangesAnswer } from '../contract/api'

/** `gone`: no longer this person's case, shown only because a draft of it is still here. */
export type LocalCase = Case & { gone?: boolean }

export async function listCases(): Promise<LocalCase[]> {
  return []
}
export async function getCase(_id: string): Promise<LocalCase | null> {
  return null
}
export async function applyChanges(_answer: ChangesAnswer): Promise<void> {}
