import type { Envelope } from '../contract/api'

// What a rescue file holds: JSON text, one item and one photo a line. Nobody but the server reads the sealed parts.

export const RESCUE_FORMAT = 'ruhu-rescue-1'

export type RescueItem = { envelope: Envelope; case_id: string; saved_at: string }

export type RescuePhoto = {
  id: string; item_id: string; case_id: string; purpose: string; kind: string
  sha256: string; size: number; taken_at: string; source: string
  author: string; device_id: string; signature: string
  key_id: string; sealed_key: string
  /** The sealed chunks in their order, base64. */
  chunks: string[]
}

export type RescueFile = {
  format: typeof RESCUE_FORMAT
  made_at: string
  device_id: string
  app_version: string
  items: RescueItem[]
  photos: RescuePhoto[]
}
