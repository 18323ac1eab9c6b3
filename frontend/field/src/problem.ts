/** A named failure. `code` is stable; its Chinese sentence is in strings.ts. */
export type PhoneProblemCode =
  | 'signed_out' | 'offline' | 'bad_credentials' | 'locked_out' | 'server_unavailable' | 'not_our_server'
  | 'case_not_here' | 'draft_not_here' | 'draft_changed' | 'store_failed' | 'storage_full'
  | 'photo_heic' | 'photo_unreadable' | 'photo_torn' | 'photo_too_large' | 'photo_not_image'
  | 'photo_not_here' | 'photo_already_finished' | 'photo_too_many_bytes' | 'rejected'
  | 'locked' | 'box_unreadable' | 'pin_shape' | 'pin_trivial' | 'pin_wrong' | 'vault_exists' | 'person_not_here'
  | 'rescue_unfit' | 'rescue_torn' | 'rescue_large' | 'place_denied' | 'place_unknown'

type Details = { cause?: unknown; serverCode?: string; serverMessage?: string; retryAfterMs?: number; isSlow?: boolean; isServerFault?: boolean }

export class PhoneProblem extends Error {
  readonly code: PhoneProblemCode
  readonly cause: unknown
  /** The server's own code and sentence, when it sent them. */
  readonly serverCode: string | undefined
  readonly serverMessage: string | undefined
  readonly retryAfterMs: number | undefined
  /** Given up on after waiting, with a line that was there: less at once may pass. */
  readonly isSlow: boolean
  /** Our own server said that it failed; what it failed at may be this alone. */
  readonly isServerFault: boolean

  constructor(code: PhoneProblemCode, details: Details = {}) {
    super(details.serverCode ? `${code}: ${details.serverCode}` : code)
    this.cause = details.cause
    this.name = 'PhoneProblem'
    this.code = code
    this.serverCode = details.serverCode
    this.serverMessage = details.serverMessage
    this.retryAfterMs = details.retryAfterMs
    this.isSlow = details.isSlow === true
    this.isServerFault = details.isServerFault === true
  }
}

export function asProblem(cause: unknown): PhoneProblem {
  return cause instanceof PhoneProblem ? cause : new PhoneProblem('store_failed', { cause })
}
