import type { Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { writeOnce } from '../store/db'
import { readMeta } from '../store/meta'
import { asksPerson, refusalOf } from '../store/refusal'
import type { PhotoRow } from '../store/rows'
import { confirmedSession, restoreSession } from '../store/session'
import { storeChanged } from '../store/signal'
import { uploadPhoto } from './photo_upload'
import { endFlight, noteSentBytes, startFlight } from './progress'
import { receiptKeysFor } from './receipt_keys'
import { waitingPhotos } from './waiting'

/** A server that fails at so many in a row is left alone for now; the others have their turn next time. */
const MOST_FAULTS = 3
/** This one is being written at the server, or stands elsewhere than both thought. */
const PUT_OFF = new Set(['upload_busy', 'upload_offset'])

/**
 * Uploads photos one after the other, those of the oldest item first. Signed ones of an enrolled phone
 * need nobody signed in; the others go under their own person's session.
 * @throws PhoneProblem when the line or the session is gone
 * @param onReceived hears whose photo ended with a receipt that holds
 */
export async function uploadWaitingPhotos(
  retriesRefused: boolean, mayGoOn: () => boolean, onReceived: (userId: string) => void,
): Promise<void> {
  const current = (await restoreSession())?.user.id
  const isEnrolled = (await readMeta('is_enrolled')) === true
  let putOff: PhoneProblem | null = null
  let faults = 0
  for (const photo of await waitingPhotos(retriesRefused)) {
    if (!mayGoOn()) break
    const isProven = photo.signature !== undefined && (photo.carried === true || isEnrolled)
    if (!isProven && photo.user_id !== current) continue
    if (!isProven) await confirmedSession()
    const end = await uploadOne(photo)
    if (end === 'received') onReceived(photo.user_id)
    else if (end !== 'refused' && !end.isServerFault) putOff = end
    faults = end !== 'received' && end !== 'refused' && end.isServerFault ? faults + 1 : 0
    if (faults === MOST_FAULTS) throw end
  }
  if (putOff) throw putOff
}

/** @returns how it ended, or why the server cannot take this one now. @throws PhoneProblem what the next one would meet, too */
async function uploadOne(photo: PhotoRow): Promise<'received' | 'refused' | PhoneProblem> {
  let kept = photo.sent_bytes
  startFlight(photo.id)
  storeChanged('photos')
  try {
    const receipt = await uploadPhoto(photo, await receiptKeysFor(photo.user_id), {
      onUrl: (url) => changePhoto(photo.id, (row) => ({ ...row, upload_url: url })),
      onLost: () => changePhoto(photo.id, (row) => ({ ...row, upload_url: null, sent_bytes: 0 })),
      onProgress: (bytes) => {
        noteSentBytes(photo.id, bytes)
        storeChanged('photos')
      },
      onKept: (bytes) => (kept = Math.min(bytes, photo.size)),
    })
    await endPhoto(photo, receipt)
    return 'received'
  } catch (cause) {
    if (kept !== photo.sent_bytes) await changePhoto(photo.id, (row) => ({ ...row, sent_bytes: kept }))
    return noteFailure(photo, cause)
  } finally {
    endFlight(photo.id)
    storeChanged('photos')
  }
}

async function endPhoto(photo: PhotoRow, receipt: Receipt): Promise<void> {
  await changePhoto(photo.id, (row) => ({
    ...row, receipt, sent_bytes: row.size, refused: null, received_on_phone_at: new Date().toISOString(),
  }))
}

/** What only concerns this photo is noted and the next one has its turn; the rest ends the round. */
async function noteFailure(photo: PhotoRow, cause: unknown): Promise<'refused' | PhoneProblem> {
  const problem = cause instanceof PhoneProblem ? cause : null
  if (problem && PUT_OFF.has(problem.serverCode ?? '')) return problem
  // A photo carried from a phone the office does not know must not stop what this phone took itself.
  const isOnlyThis = photo.carried === true && problem?.code === 'signed_out'
  const isJudged = problem?.code === 'rejected' || problem?.code === 'photo_not_here' || isOnlyThis
  if (!problem || (!isJudged && !problem.isServerFault)) throw cause
  await changePhoto(photo.id, (row) => {
    const refused = refusalOf(problem, row.refused)
    // What was sent before the server failed is there; only if that lasts, the upload is begun anew.
    return isJudged || asksPerson(refused) ? { ...row, refused, upload_url: null, sent_bytes: 0 } : { ...row, refused }
  })
  return isJudged ? 'refused' : problem
}

async function changePhoto(id: string, change: (row: PhotoRow) => PhotoRow): Promise<void> {
  await writeOnce(['photos'], async (tx) => {
    const row = await tx.objectStore('photos').get(id)
    if (row) await tx.objectStore('photos').put(change(row))
  })
}
