import { closeBox, openBoxOr } from './box'
import type { LocalCase } from './cases'
import { openStore, writeOnce } from './db'
import { dialPlace } from './places'
import type { CaseRow } from './rows'
import { requireOpen } from './session'

/** As it was shown: a number under another mask is not this household's any more. */
type Kept = { phone: string; masked: string }

/** While the household is open, its number may be rung again without a network. */
export function keepsDial(row: CaseRow | undefined, stage: string): Pick<CaseRow, 'dial'> {
  return row?.dial && stage !== 'closed' ? { dial: row.dial } : {}
}

/** The number that this person was shown once, sealed beside the household; '' where there is none. @throws PhoneProblem locked */
export async function keptNumber({ id, applicant }: LocalCase): Promise<string> {
  const { user } = await requireOpen()
  const row = await (await openStore()).get('cases', [user.id, id])
  const kept = row?.dial ? await openBoxOr<Kept | null>(row.dial, dialPlace(row), null) : null
  return kept?.masked === applicant.phone_masked ? kept.phone : ''
}

/** Goes with the household: when it is closed, given to others or taken off the phone. @throws PhoneProblem locked, storage_full */
export async function keepNumber({ id, applicant, stage, gone }: LocalCase, phone: string): Promise<void> {
  if (gone || stage === 'closed') return
  const { user } = await requireOpen()
  const kept: Kept = { phone, masked: applicant.phone_masked }
  const dial = await closeBox(kept, dialPlace({ user_id: user.id, id }))
  await writeOnce(['cases'], async (tx) => {
    const row = await tx.objectStore('cases').get([user.id, id])
    if (row && !row.is_gone) await tx.objectStore('cases').put({ ...row, dial })
  })
}
