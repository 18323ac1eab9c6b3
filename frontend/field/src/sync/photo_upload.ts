import type { HttpRequest, HttpResponse, Upload, UploadOptions } from 'tus-js-client'
import type { Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { readStoredBytes, storedSizeOf } from '../store/photo_chunks'
import type { PhotoRow } from '../store/rows'
import { chunkBytes, isAddressFirst, noteCut, noteSent } from './chunk_size'
import { apiUrl, retryAfterOf } from './http'
import { keepMark, MARK_HEADER, markHeaders } from './mark'
import { receiptOfHeader, verifiedReceipt } from './receipt'

const STALL_MS = 90_000
const HEADER_TEXT = /^[\w-]+$/

export type UploadSteps = {
  /** The server's address of this upload, to go on from after a restart. */
  onUrl(url: string): Promise<void>
  onProgress(bytes: number): void
  /** So many are safe at the server; a cut goes on from there. */
  onKept(bytes: number): void
  /** The address is another photo's, as an old answer kept by a proxy can tell it: begin anew next time. */
  onLost(): Promise<void>
}

/**
 * Sends what the server lacks of one photo. Only a receipt that holds ends it: tus's own idea of
 * success does not, since a proxy can answer for a server.
 * @throws PhoneProblem offline, signed_out, server_unavailable, not_our_server, rejected, photo_not_here
 */
export async function uploadPhoto(photo: PhotoRow, receiptKeys: JsonWebKey[], steps: UploadSteps): Promise<Receipt> {
  // A browser sends no such header, and would say that the line is broken.
  if (!Object.values(signatureHeaders(photo)).every((text) => HEADER_TEXT.test(text))) throw new PhoneProblem('rejected', { serverCode: 'rescue_torn' })
  const [{ Upload }, mark] = [await import('tus-js-client'), await markHeaders()]
  return new Promise<Receipt>((resolve, reject) => {
    let stall: ReturnType<typeof setTimeout> | undefined
    const settle = (finish: () => void): void => {
      clearTimeout(stall)
      finish()
    }
    const fail = (cause: unknown): void => settle(() => {
      noteCut()
      reject(problemOfUpload(cause))
    })
    const lose = (): void => void steps.onLost().then(() => fail(new PhoneProblem('not_our_server')), fail)
    const watch = (): void => {
      clearTimeout(stall)
      stall = setTimeout(() => stop(upload, () => fail(new PhoneProblem('offline'))), STALL_MS)
    }
    const flight = { began: 0, at: 0, sent: 0 }
    const upload: Upload = new Upload(photo as unknown as Blob, {
      ...optionsFor(photo, mark),
      onBeforeRequest: () => void Object.assign(flight, { began: performance.now(), at: flight.sent }),
      onProgress: (bytes) => {
        watch()
        flight.sent = bytes
        steps.onProgress(bytes)
      },
      onChunkComplete: (_size, kept) => steps.onKept(kept),
      onUploadUrlAvailable: () => {
        if (upload.url) steps.onUrl(upload.url).catch(fail)
      },
      onAfterResponse: async (request, response) => {
        watch()
        if (response.getStatus() < 300) noteSent(flight.sent - flight.at, performance.now() - flight.began)
        const receipt = await receiptOf(response, photo, receiptKeys)
        if (receipt) await keepMark(response.getHeader(MARK_HEADER))
        if (receipt) stop(upload, () => settle(() => resolve(receipt)))
        else refuseBrokenHead(request, response)
      },
      onSuccess: () => lose(),
      onError: fail,
    })
    watch()
    upload.start()
  })
}

function optionsFor(photo: PhotoRow, mark: Record<string, string>): UploadOptions {
  return {
    endpoint: apiUrl('/uploads'),
    uploadUrl: photo.upload_url,
    chunkSize: chunkBytes(),
    uploadDataDuringCreation: !isAddressFirst(),
    retryDelays: null,
    storeFingerprintForResuming: false,
    fingerprint: async () => photo.id,
    headers: { 'X-Ruhu': '1', ...mark, ...signatureHeaders(photo) },
    metadata: {
      photo_id: photo.id, sha256: photo.sha256, case_id: photo.case_id, kind: photo.kind, author: photo.user_id,
      ...(photo.sealed_key && {
        sealed_key: photo.sealed_key, key_id: photo.key_id ?? '', size: String(photo.size),
      }),
    },
    fileReader: { openFile: async () => storedPhoto(photo) },
  }
}

/** What lets a photo in without a cookie. */
function signatureHeaders(photo: PhotoRow): Record<string, string> {
  if (!photo.signature || !photo.device_id) return {}
  return { 'Ruhu-Device': photo.device_id, 'Ruhu-Author': photo.user_id, 'Ruhu-Signature': photo.signature }
}

/** Reads the stored chunks as they are sent, sealed as they are, so that no whole picture is held. */
function storedPhoto(photo: PhotoRow) {
  const size = storedSizeOf(photo)
  return {
    size,
    async slice(start: number, end: number) {
      const bytes = await readStoredBytes(photo.id, size, start, end)
      return { value: Object.assign(bytes, { size: bytes.length }), done: end >= size }
    },
    close() {},
  }
}

function stop(upload: Upload, then: () => void): void {
  void upload.abort()
  then()
}

async function receiptOf(response: HttpResponse, photo: PhotoRow, keys: JsonWebKey[]): Promise<Receipt | null> {
  const status = response.getStatus()
  if (status < 200 || status >= 300) return null
  const candidate = receiptOfHeader(response.getHeader('Ruhu-Receipt'))
  return candidate ? verifiedReceipt(candidate, photo, keys) : null
}

/** tus would start anew after any failed HEAD; only 404 and 410 mean that the upload is gone. */
function refuseBrokenHead(request: HttpRequest, response: HttpResponse): void {
  const status = response.getStatus()
  if (request.getMethod() !== 'HEAD' || status < 300 || status === 404 || status === 410) return
  throw problemOfResponse(response)
}

function problemOfUpload(cause: unknown): PhoneProblem {
  if (cause instanceof PhoneProblem) return cause
  const failure = cause as { causingError?: unknown; originalResponse?: HttpResponse | null }
  if (failure.causingError instanceof PhoneProblem) return failure.causingError
  if (failure.originalResponse) return problemOfResponse(failure.originalResponse)
  return new PhoneProblem('offline', { cause })
}

/** Of no photo's making: it goes on when the server has had a moment. */
const PASSING = new Set(['upload_offset', 'upload_busy', 'too_many_requests', 'locked_out'])
const BUSY = new Set([408, 423, 425, 429])

function problemOfResponse(response: HttpResponse): PhoneProblem {
  const status = response.getStatus()
  const told = bodyOf(response)
  const details = { ...told, ...retryAfterOf(response.getHeader('Retry-After') ?? null) }
  const isOurs = told.serverCode !== undefined || isOurHead(response)
  if (status === 401) return new PhoneProblem('signed_out', details)
  if (status === 460) return new PhoneProblem('rejected', { ...details, serverCode: 'checksum_mismatch' })
  if (status >= 500) return new PhoneProblem('server_unavailable', { ...details, isServerFault: isOurs })
  if (BUSY.has(status) || PASSING.has(told.serverCode ?? '')) return new PhoneProblem('server_unavailable', details)
  if (!isOurs && status === 409) return new PhoneProblem('server_unavailable', details)
  return new PhoneProblem(isOurs ? 'rejected' : 'not_our_server', details)
}

/** An answer to HEAD has no body to say a code; no portal and no gateway speaks tus. */
function isOurHead(response: HttpResponse): boolean {
  return response.getBody() === '' && response.getHeader('Tus-Resumable') !== undefined
}

function bodyOf(response: HttpResponse): { serverCode?: string; serverMessage?: string } {
  try {
    const { code, message } = JSON.parse(response.getBody()) as Record<string, unknown>
    return typeof code === 'string' ? { serverCode: code, serverMessage: String(message ?? '') } : {}
  } catch {
    return {}
  }
}
