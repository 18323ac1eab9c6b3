import type { Case, DepositKey, User } from '../../src/contract/api'
import { applyChanges } from '../../src/store/cases'
import { openStore, writeOnce } from '../../src/store/db'
import type { Envelope } from '../../src/store/envelope'
import { personOf } from '../../src/store/person_row'
import { deviceId, type Session } from '../../src/store/session'
import { createVault } from '../../src/store/vault'
import type { Opener } from './opener'
import { sampleCase } from './sample'

/** Quick in tests; one test takes the real number. */
export const FEW_ITERATIONS = 500
export const PIN = '283746'
export const OTHER_PIN = '918273'

/** What a sealed item says to the server. */
export async function readSealed(desk: Opener, envelope: Envelope): Promise<any> {
  return JSON.parse((await desk.openItem(envelope)).text)
}

/** Somebody who signed in on this phone, without a server. */
export async function seedPerson(user: User, depositKey: DepositKey | null): Promise<Session> {
  const session: Session = { user, receiptKey: {}, deviceId: await deviceId(), formVersion: 1, depositKey }
  await writeOnce(['meta', 'people'], async (tx) => {
    const known = await tx.objectStore('people').get(user.id)
    await tx.objectStore('people').put({ ...personOf(session), vault: known?.vault ?? null })
    await tx.objectStore('meta').put({ key: 'session', value: session })
  })
  return session
}

export async function seedOpenPerson(user: User, desk: Opener, pin = PIN): Promise<void> {
  await seedPerson(user, desk.depositKey)
  await createVault(user.id, pin, FEW_ITERATIONS)
}

export async function seedCases(userId: string, cases: Case[] = [sampleCase()]): Promise<void> {
  await applyChanges(userId, {
    server_time: new Date().toISOString(), epoch: 'epoch-1', cases, gone: [], verdicts: {}, photos: {},
    notices: [], drafts: [], parameters: null,
  })
}

/** Everything in the store as text, bytes as Latin-1 and UTF-8: what somebody with the disk would read. */
export async function rawStore(): Promise<string> {
  const db = await openStore()
  const rows = await Promise.all([...db.objectStoreNames].map((name) => db.getAll(name)))
  return JSON.stringify(rows, (_key, value: unknown) => {
    if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) return value
    const bytes = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return bytes.toString('utf8') + bytes.toString('latin1')
  })
}
