import type { Receipt } from '../contract/api'
import { PhoneProblem } from '../problem'
import { openStore, writeOnce } from '../store/db'
import type { PhotoRow } from '../store/rows'
import type { Session } from '../store/session'
import { storeChanged } from '../store/signal'
import { uploadPhoto } from './photo_upload'
import { endFlight, noteSentBytes, startFlight } from './progress'

const REFUSED_PAUSE_MS = 60 * 60 * 1000

/**
 * Uploads this person's photos one after the other, those of the oldest item first. A photo waits
 * until its item was received: the facts name the photos that are to come.
 * @throws PhoneProblem when the line or the session is gone
 * @returns how many photos ended with a receipt that holds
 */
export async function uploadWaitingPhotos(
  session: Session, retriesRefused: boolean, mayGoOn: () => boolean,
): Promise<number> {
  let received = 0
  for (const photo of await waitingPhotos(session.user.id, retriesRefused)) {
    if (!mayGoOn()) break
    if (await uploadOne(photo, session)) received += 1
  }
  return received
}

async function waitingPhotos(userId: string, retriesRefused: boolean): Promise<PhotoRow[]> {
  const db = await openStore()
  const items = await db.getAllFromIndex('items', 'by_user', userId)
  const order = new Map(items.filter((item) => item.receipt).map((item) => [item.id, item.envelope.seq]))
  const pausedSince = new Date(Date.now() - REFUSED_PAUSE_MS).toISOString()
  const seqOf = (row: PhotoRow): number => order.get(row.item_id ?? '') ?? 0
  return (await db.getAllFromIndex('photos', 'by_user', userId))
    .filter((row) => row.item_id && !row.receipt && order.has(row.item_id))
    .filter((row) => retriesRefused || !row.refused || row.refused.at < pausedSince)
    .sort((left, right) => seqOf(left) - seqOf(right) || (left.id < right.id ? -1 : 1))
}

async function uploadOne(photo: PhotoRow, session: Session): Promise<boolean> {
  startFlight(photo.id)
  storeChanged('photos')
  try {
    const receipt = await uploadPhoto(photo, session.receiptKey, {
      onUrl: (url) => changePhoto(photo.id, (row) => ({ ...row, upload_url: url })),
      onProgress: (bytes) => {
        noteSentBytes(photo.id, bytes)
        storeChanged('photos')
      },
    })
    await endPhoto(photo, receipt)
    return true
  } catch (cause) {
    await noteFailure(photo.id, cause)
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
async function noteFailure(id: string, cause: unknown): Promise<void> {
  const problem = cause instanceof PhoneProblem ? cause : null
  if (problem?.code !== 'rejected' && problem?.code !== 'photo_not_here') throw cause
  const refused = {
    code: problem.serverCode ?? problem.code, message: problem.serverMessage ?? '', at: new Date().toISOString(),
  }
  await changePhoto(id, (row) => ({ ...row, refused, upload_url: null, sent_bytes: 0 }))
}

async function changePhoto(id: string, change: (row: PhotoRow) => PhotoRow): Promise<void> {
  await writeOnce(['photos'], async (tx) => {
    const row = await tx.objectStore('photos').get(id)
    if (row) await tx.objectStore('photos').put(change(row))
  })
}
