import { isSkewed, serverOffsetMs } from './clock'
import { openStore, writeOnce } from './db'
import { deviceKeys } from './device_keys'
import { readMeta, writeMeta } from './meta'
import { permissionFor } from './permission'
import { askToPersist, storageGauge } from './storage_gauge'

export type CheckName = 'secure' | 'clock' | 'worker' | 'write' | 'read_back' | 'persist' | 'quota' | 'keys' | 'browser' | 'camera'
export type SelfTestItem = { key: CheckName; ok: boolean; detail: string }

export const NEEDED_QUOTA = 200 * 1024 * 1024
const TRIAL_BYTES = 5 * 1024 * 1024
const PIECE_BYTES = 48 * 1024
/** Pieces of the trial lie where pieces of photos lie, under a name no photo has. */
const TRIAL = 'self-test'
const TRIAL_PIECES = IDBKeyRange.bound([TRIAL, 0], [TRIAL, Infinity])

/** Whether this phone can keep work, or `only` part of it; what fails is told with the next contact. @throws nothing */
export async function runSelfTest(only?: readonly CheckName[]): Promise<SelfTestItem[]> {
  const checks: SelfTestItem[] = []
  const told = only ? await readMeta('self_test').catch(() => null) : null
  const others = told && told !== 'ok' ? told.split(',').filter((name) => !only?.includes(name as CheckName)) : []
  for (const [key, run] of CHECKS) if (!only || only.includes(key)) checks.push(await tried(key, run))
  const failed = [...others, ...checks.filter((one) => !one.ok).map((one) => one.key)]
  // A phone that cannot write this has failed `write` already.
  await writeMeta('self_test', failed.join(',') || 'ok').catch(() => undefined)
  return checks
}

export function isWeChat(agent: string = globalThis.navigator?.userAgent ?? ''): boolean {
  return /MicroMessenger/i.test(agent)
}

type Result = { ok: boolean; detail: string }

const CHECKS: [CheckName, () => Promise<Result>][] = [
  ['browser', async () => ({ ok: !isWeChat() && lacking().length === 0, detail: isWeChat() ? 'wechat' : lacking().join(',') })],
  ['secure', async () => ({ ok: globalThis.isSecureContext !== false, detail: '' })],
  ['worker', checkWorker],
  ['write', checkWrite],
  ['read_back', checkReadBack],
  ['keys', checkKeys],
  ['persist', async () => ({ ok: await askToPersist(), detail: '' })],
  ['quota', checkQuota],
  ['clock', checkClock],
  ['camera', checkCamera],
]

async function tried(key: CheckName, run: () => Promise<Result>): Promise<SelfTestItem> {
  try {
    return { key, ...(await run()) }
  } catch (cause) {
    return { key, ok: false, detail: (cause as { code?: string; name?: string }).code?.toString() ?? (cause as Error).name }
  }
}

function lacking(): string[] {
  const needed = {
    indexedDB: globalThis.indexedDB, crypto: globalThis.crypto?.subtle, serviceWorker: globalThis.navigator?.serviceWorker,
  }
  return Object.entries(needed).filter(([, part]) => !part).map(([name]) => name)
}

async function checkWorker(): Promise<Result> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration()
  return { ok: Boolean(registration?.active), detail: registration?.active ? '' : 'none' }
}

async function checkWrite(): Promise<Result> {
  const mark = new Date().toISOString()
  await writeMeta('trial', mark)
  return { ok: (await readMeta('trial')) === mark, detail: '' }
}

async function checkReadBack(): Promise<Result> {
  const started = Date.now()
  try {
    const pieces = await writeTrial()
    const isSame = await isTrialSame(pieces)
    return { ok: isSame, detail: `${Date.now() - started} ms` }
  } finally {
    await writeOnce(['chunks'], async (tx) => tx.objectStore('chunks').delete(TRIAL_PIECES))
  }
}

async function writeTrial(): Promise<Uint8Array[]> {
  const pieces = Array.from({ length: Math.ceil(TRIAL_BYTES / PIECE_BYTES) }, () =>
    crypto.getRandomValues(new Uint8Array(PIECE_BYTES)))
  await writeOnce(['chunks'], async (tx) => {
    for (const [index, bytes] of pieces.entries()) {
      await tx.objectStore('chunks').put({ photo_id: TRIAL, index, bytes: bytes.buffer })
    }
  })
  return pieces
}

async function isTrialSame(pieces: Uint8Array[]): Promise<boolean> {
  const db = await openStore()
  for (const [index, bytes] of pieces.entries()) {
    const read = new Uint8Array((await db.get('chunks', [TRIAL, index]))?.bytes ?? new ArrayBuffer(0))
    if (read.length !== bytes.length || read.some((byte, at) => byte !== bytes[at])) return false
  }
  return true
}

/** Keys that come back from the store still sign; some older browsers lose them. */
async function checkKeys(): Promise<Result> {
  await deviceKeys()
  const row = await (await openStore()).get('keys', 'device')
  if (!row) return { ok: false, detail: 'none' }
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const text = new TextEncoder().encode(TRIAL)
  const signature = await crypto.subtle.sign(algorithm, row.private_key, text)
  const isSigned = await crypto.subtle.verify(algorithm, row.public_key, signature, text)
  const mac = await crypto.subtle.sign('HMAC', row.hmac_key, text)
  return { ok: isSigned && mac.byteLength === 32 && !row.private_key.extractable, detail: '' }
}

async function checkQuota(): Promise<Result> {
  const { quota, used } = await storageGauge()
  // 0: the browser does not say.
  return { ok: quota === 0 || quota >= NEEDED_QUOTA, detail: `${used}/${quota}` }
}

async function checkClock(): Promise<Result> {
  const offset = await serverOffsetMs()
  return { ok: !isSkewed(offset), detail: `${offset} ms` }
}

/** Looked up, never asked for: whoever was not asked yet is asked by the first picture. */
async function checkCamera(): Promise<Result> {
  const state = await permissionFor('camera')
  return { ok: state !== 'denied', detail: state }
}
