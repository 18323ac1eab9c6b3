import type { LocalCase } from '../store/cases'
import { loadNote } from '../store/notes'
import type { DraftEntry } from '../store/outbox_list'
import { common } from '../strings'
import { outbox as w } from '../strings_phone'

/** What each household is called in the outbox, with its village where two have one name; one that is being found has its name only in what was typed so far. */
export async function outboxNames(cases: readonly LocalCase[], drafts: readonly DraftEntry[]): Promise<Map<string, string>> {
  const found = await Promise.all(drafts.filter((one) => one.purpose === 'discovery').map(async ({ caseId }): Promise<[string, string]> => {
    const name = (await loadNote(caseId, 'discovery').catch(() => null))?.name
    return [caseId, (typeof name === 'string' && name.trim()) || w.unnamed]
  }))
  const isOneOfTwo = (item: LocalCase): boolean => cases.some((other) => other.id !== item.id && other.applicant.name === item.applicant.name)
  const nameOf = (item: LocalCase): string => item.applicant.name + (isOneOfTwo(item) ? common.dot + item.area.village : '')
  return new Map([...found, ...cases.map((item): [string, string] => [item.id, nameOf(item)])])
}
