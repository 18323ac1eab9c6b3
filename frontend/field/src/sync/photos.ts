import type { Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { writeOnce } from '../store/db'
import { readMeta } from '../store/meta'
import type { PhotoRow } from '../store/rows'
import { confirmedSession, restoreSession } from '../store/session'
import { storeChanged } from '../store/signal'
import { uploadPhoto } from './photo_upload'
import { endFlight, noteSentBytes, startFlight } from './progress'
import { receiptKeysFor } from './receipt_keys'
import { waitingPhotos } from './waiting'

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
  for (const photo of await waitingPhotos(retriesRefused)) {
    if (!mayGoOn()) break
    const isProven = photo.signature !== undefined && (photo.carried === true || isEnrolled)
    if (!isProven && photo.user_id !== current) continue
    if (!isProven) await confirmedSession()
    if (await uploadOne(photo)) onReceived(photo.user_id)
  }
}

async function uploadOne(photo: PhotoRow): Promise<boolean> {
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
    return true
  } catch (cause) {
    if (kept !== photo.sent_bytes) await changePhoto(photo.id, (row) => ({ ...row, sent_bytes: kept }))
    await noteFailure(photo, cause)
    return false
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
async function noteFailure(photo: PhotoRow, cause: unknown): Promise<void> {
  const problem = cause instanceof PhoneProblem ? cause : null
  // A photo carried from a phone the office does not know must not stop what this phone took itself.
  const isOnlyThis = photo.carried === true && problem?.code === 'signed_out'
  if (problem?.code !== 'rejected' && problem?.code !== 'photo_not_here' && !isOnlyThis) throw cause
  const refused = {
    code: problem.serverCode ?? problem.code, message: problem.serverMessage ?? '', at: new Date().toISOString(),
  }
  await changePhoto(photo.id, (row) => ({ ...row, refused, upload_url: null, sent_bytes: 0 }))
}

async function changePhoto(id: string, change: (row: PhotoRow) => PhotoRow): Promise<void> {
  await writeOnce(['photos'], async (tx) => {
    const row = await tx.objectStore('photos').get(id)
    if (row) await tx.objectStore('photos').put(change(row))
  })
}
