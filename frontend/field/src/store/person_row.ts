import type { PersonRow } from './rows'
import type { Session } from './session'

/** A person as the session tells of them, without a vault. */
export function personOf(session: Session): PersonRow {
  return {
    user_id: session.user.id, user: session.user, receipt_key: session.receiptKey,
    deposit_key: session.depositKey ?? null, form_version: session.formVersion, vault: null,
    last_seen: new Date().toISOString(), is_signed_out: false, taken_drafts: [],
  }
}

export function sessionOf(person: PersonRow, deviceId: string): Session {
  return {
    user: person.user, receiptKey: person.receipt_key, depositKey: person.deposit_key,
    formVersion: person.form_version, deviceId,
  }
}
