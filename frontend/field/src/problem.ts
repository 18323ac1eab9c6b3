/** A named failure. `code` is stable; its Chinese sentence is in strings.ts. */
export type PhoneProblemCode =
  | 'signed_out' | 'offline' | 'bad_credentials' | 'locked_out' | 'server_unavailable' | 'not_our_server'
  | 'case_not_here' | 'draft_not_here' | 'draft_changed' | 'store_failed' | 'storage_full'
  | 'photo_heic' | 'photo_unreadable' | 'photo_torn' | 'photo_too_large' | 'photo_not_image'
  | 'photo_not_here' | 'photo_already_finished' | 'photo_too_many_bytes' | 'rejected'

export class PhoneProblem extends Error {
  readonly code: PhoneProblemCode
  /** The server's own sentence, when it sent one. */
  readonly serverMessage: string | undefined

  constructor(code: PhoneProblemCode, options: { cause?: unknown; serverMessage?: string } = {}) {
    super(code)
    if (options.cause !== undefined) this.cause = options.cause
    this.name = 'PhoneProblem'
    this.code = code
    this.serverMessage = options.serverMessage
  }
}
