import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openDB } from 'idb'
import { openStore, STORE_NAME } from '../../src/store/db'
import type { Opener } from './opener'

const FOLDER = new URL('../fixtures/', import.meta.url)

type Schema = Record<string, { keyPath: string | string[]; indexes: Record<string, string | string[]> }>
export type StoreDump = {
  version: number; schema: Schema; stores: Record<string, any[]>
  /** What opens the sealed work of this phone, at the server. */
  deposit?: { id: string; jwk: JsonWebKey }
}

export function fixtureVersions(): number[] {
  return readdirSync(FOLDER).flatMap((name) => /^store_v(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number).sort()
}

export function readFixture(version: number): StoreDump {
  return revive(JSON.parse(readFileSync(new URL(`store_v${version}.json`, FOLDER), 'utf8'))) as StoreDump
}

export async function writeFixture(version: number, opener: Opener): Promise<void> {
  const deposit = { id: opener.depositKey.id, jwk: opener.privateJwk }
  const text = JSON.stringify(await plain({ ...(await dumpStore()), deposit }), null, 1)
  writeFileSync(new URL(`store_v${version}.json`, FOLDER), text)
}

/** Lays the store down as that version had it, before anything of this program has opened it. */
export async function layDown(dump: StoreDump): Promise<void> {
  const keys = await Promise.all((dump.stores.keys ?? []).map(withKeys))
  const db = await openDB(STORE_NAME, dump.version, {
    upgrade(fresh) {
      for (const [name, { keyPath, indexes }] of Object.entries(dump.schema)) {
        const store = fresh.createObjectStore(name, { keyPath })
        for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path)
      }
    },
  })
  for (const [name, rows] of Object.entries({ ...dump.stores, ...(dump.stores.keys && { keys }) })) {
    for (const row of rows) await db.put(name, row)
  }
  db.close()
}

async function dumpStore(): Promise<StoreDump> {
  const db = await openStore()
  const dump: StoreDump = { version: db.version, schema: {}, stores: {} }
  for (const name of db.objectStoreNames) {
    dump.stores[name] = await db.getAll(name)
    const store = db.transaction(name).objectStore(name)
    const indexes = [...store.indexNames].map((index) => [index, (store as any).index(index).keyPath])
    dump.schema[name] = { keyPath: store.keyPath as string | string[], indexes: Object.fromEntries(indexes) }
  }
  return dump
}

async function plain(value: unknown): Promise<unknown> {
  if (value instanceof CryptoKey) return { $key: await crypto.subtle.exportKey('jwk', value) }
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString('base64') }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return Promise.all(value.map(plain))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(async ([key, one]) => [key, await plain(one)])
  return Object.fromEntries(await Promise.all(entries))
}

function revive(value: any): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (value === null || typeof value !== 'object') return value
  if ('$buffer' in value) return new Uint8Array(Buffer.from(value.$buffer, 'base64')).buffer
  if ('$bytes' in value) return new Uint8Array(Buffer.from(value.$bytes, 'base64'))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]))
}

/** The phone's keys come from JSON only here; those of a phone cannot be written out. */
async function withKeys(row: any): Promise<unknown> {
  const signing = { name: 'ECDSA', namedCurve: 'P-256' }
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  return {
    ...row,
    private_key: await crypto.subtle.importKey('jwk', row.private_key.$key, signing, false, ['sign']),
    public_key: await crypto.subtle.importKey('jwk', row.public_key.$key, signing, true, ['verify']),
    hmac_key: await crypto.subtle.importKey('jwk', row.hmac_key.$key, hmac, false, ['sign']),
  }
}
