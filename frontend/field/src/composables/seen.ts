const KEY = 'ruhu-seen-cases'

function kept(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.map(String) : []
  } catch {
    return []
  }
}

export function seenCases(): Set<string> {
  return new Set(kept())
}

/** A case once opened on this phone is no longer 新派单. */
export function markSeen(caseId: string): void {
  const list = kept()
  if (list.includes(caseId)) return
  try {
    localStorage.setItem(KEY, JSON.stringify([...list.slice(-499), caseId]))
  } catch {
    // Only the tag stays a little longer.
  }
}
