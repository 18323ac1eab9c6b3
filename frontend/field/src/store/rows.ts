import type { DBSchema } from 'idb'
import type { Case, DepositKey, ItemKind, Receipt, User, Verdict } from '../contract/api'
import type { PhotoAnswer } from '../rules/form_shape'
import type { Envelope } from './envelope'
import type { Refusal } from './refusal'

type Bytes = Uint8Array<ArrayBuffer>

/** Personal content of a row: closed under its person's key, or plain as the first store version left it. */
export type Box = { plain: string } | { iv: Bytes; sealed: ArrayBuffer }

/** What opens a person's boxes; itself opened by the PIN and this phone together. */
export type VaultRow = {
  salt: Bytes; iterations: number; wrap_iv: Bytes; wrapped_key: ArrayBuffer
  /** Counted before each try, 0 after a right one. */
  wrong_pins: number
}

/** Somebody who signed in on this phone. */
export type PersonRow = {
  user_id: string
  user: User
  receipt_key: JsonWebKey
  deposit_key: DepositKey | null
  form_version: number
  vault: VaultRow | null
  last_seen: string
  /** Left this phone: comes back with the password only. */
  is_signed_out: boolean
  /** Drafts taken back that the server has not heard of yet. */
  taken_drafts: string[]
}

/** The keys of this phone; no script can read them out. */
export type DeviceKeyRow = { name: string; private_key: CryptoKey; public_key: CryptoKey; hmac_key: CryptoKey }

/** `body` is a plain case in rows of the first store version. Revision 0: found here, and the office has not told of it. */
export type CaseRow = {
  user_id: string; id: string; revision: number; is_gone: boolean; due_at?: string; body: Box | Case
  /** The household's number, once somebody was shown it. */
  dial?: Box
}

export type DraftRow = {
  user_id: string
  case_id: string
  started_at: string
  updated_at: string
  base_revision: number
  /** Photos of a returned visit that are on the server already. */
  carried_photos: PhotoAnswer[]
  body: Box
}

export type NotePurpose = 'observation' | 'attempt' | 'urgent' | 'explanation' | 'extension' | 'discovery'

/** A short form that is not finished. */
export type NoteRow = {
  user_id: string; case_id: string; purpose: NotePurpose; updated_at: string; body: Box
  started_at?: string; base_revision?: number
}

export type ItemRow = {
  id: string
  user_id: string
  case_id: string
  kind: ItemKind
  /** Text in rows of the first store version. */
  title: string | Box
  saved_at: string
  envelope: Envelope
  receipt: Receipt | null
  received_on_phone_at: string | null
  refused: Refusal | null
  verdict: Verdict | null
  /** The receipt before the server was restored to an older day. */
  earlier_receipt?: Receipt | null
  /** Brought from another phone in a rescue file. */
  carried?: boolean
}

export type DraftPurpose = 'visit' | NotePurpose

/** The newest state of an unfinished form as only the server can read it, ready to be handed in. */
export type SealedDraftRow = {
  user_id: string; case_id: string; purpose: DraftPurpose; saved_at: string; envelope: Envelope
}

/** A draft the server gave back while a newer one was here. */
export type RecoveredRow = {
  user_id: string; id: string; case_id: string; purpose: DraftPurpose
  base_revision: number; started_at: string; saved_at: string
  carried_photos: PhotoAnswer[]
  body: Box
}

export type NoticeRow = {
  user_id: string; id: string; case_id: string | null; kind: string; made_at: string
  seen_at: string | null
  body: Box
}

export type PhotoPurpose = 'visit' | 'observation' | 'attempt' | 'explanation'

export type PhotoRow = {
  id: string
  user_id: string
  case_id: string
  purpose: PhotoPurpose
  /** null while the form it belongs to is unfinished. */
  item_id: string | null
  kind: string
  sha256: string
  size: number
  chunk_count: number
  taken_at: string
  source: 'camera' | 'album'
  added_at: string
  sent_bytes: number
  upload_url: string | null
  receipt: Receipt | null
  received_on_phone_at: string | null
  refused: Refusal | null
  /** The photo's own key for the server (text) and for its person; absent while the chunks are plain. */
  sealed_key?: string
  boxed_key?: Box
  key_id?: string
  /** When the received pieces gave way to new text on a full phone. */
  emptied_at?: string
  /** Which phone took it, and that phone's word that it did. */
  device_id?: string
  signature?: string
  carried?: boolean
  earlier_receipt?: Receipt | null
  /** When its person noted that its pieces are lost for good. */
  gone_at?: string
}

export type ChunkRow = { photo_id: string; index: number; bytes: ArrayBuffer }

export interface RuhuSchema extends DBSchema {
  meta: { key: string; value: { key: string; value: unknown } }
  cases: { key: [string, string]; value: CaseRow; indexes: { by_user: string } }
  drafts: { key: [string, string]; value: DraftRow; indexes: { by_user: string } }
  notes: { key: [string, string, string]; value: NoteRow }
  items: { key: string; value: ItemRow; indexes: { by_user: string } }
  photos: {
    key: string
    value: PhotoRow
    indexes: { by_user: string; by_case: [string, string]; by_item: string }
  }
  chunks: { key: [string, number]; value: ChunkRow }
  people: { key: string; value: PersonRow }
  keys: { key: string; value: DeviceKeyRow }
  sealed_drafts: { key: [string, string, string]; value: SealedDraftRow; indexes: { by_user: string } }
  recovered: { key: [string, string]; value: RecoveredRow; indexes: { by_user: string } }
  notices: { key: [string, string]; value: NoticeRow; indexes: { by_user: string } }
}
