import type { DBSchema } from 'idb'
import type { Case, Envelope, ItemKind, Receipt, Verdict } from '../contract/api'
import type { PhotoAnswer } from '../rules/form_shape'

/** Personal content of a row. Plain JSON now; a sealed form is a second member of this union. */
export type Box = { plain: string }

export type CaseRow = { user_id: string; id: string; revision: number; is_gone: boolean; body: Case }

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

export type NotePurpose = 'observation' | 'attempt' | 'urgent'

/** A short form that is not finished. */
export type NoteRow = { user_id: string; case_id: string; purpose: NotePurpose; updated_at: string; body: Box }

export type ItemRow = {
  id: string
  user_id: string
  case_id: string
  kind: ItemKind
  title: string
  saved_at: string
  envelope: Envelope
  receipt: Receipt | null
  received_on_phone_at: string | null
  refused: { code: string; message: string; at: string } | null
  verdict: Verdict | null
}

export type PhotoPurpose = 'visit' | 'observation' | 'attempt'

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
  refused: { code: string; message: string; at: string } | null
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
}
