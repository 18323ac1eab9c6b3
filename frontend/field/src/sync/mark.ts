import { readMeta, writeMeta } from '../store/meta'

export const MARK_HEADER = 'Ruhu-Mark'

/** Goes with every request: a server that lost what this stands for begins a new epoch. */
export async function markHeaders(): Promise<Record<string, string>> {
  return { [MARK_HEADER]: (await readMeta('mark')) ?? '' }
}

/** On the disk before the receipts that came with it: what has a receipt is always covered by a mark. */
export async function keepMark(told: string | null | undefined): Promise<void> {
  if (told && told !== (await readMeta('mark'))) await writeMeta('mark', told)
}
