import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import { PhoneProblem } from '../problem'
import { personOf } from './person_row'
import { makeRoom } from './room'
import type { RuhuSchema } from './rows'
import type { Session } from './session'

export const STORE_NAME = 'ruhu'
export const STORE_VERSION = 2

export type Store = IDBPDatabase<RuhuSchema>
export type Write<Names extends StoreNames<RuhuSchema>[]> = IDBPTransaction<RuhuSchema, Names, 'readwrite'>

let opened: Promise<Store> | null = null

/** The phone's store, opened once. Upgrades only ever add. */
export function openStore(): Promise<Store> {
  opened ??= open().catch((cause: unknown) => {
    opened = null
    throw new PhoneProblem('store_failed', { cause })
  })
  return opened
}

/** Async, since a browser that forbids its store says so by throwing at once. */
async function open(): Promise<Store> {
  return openDB<RuhuSchema>(STORE_NAME, STORE_VERSION, {
    async upgrade(db, oldVersion, _newVersion, tx) {
      if (oldVersion < 1) createVersion1(db)
      if (oldVersion < 2) await createVersion2(db, tx)
    },
    blocking() {
      void closeStore()
    },
    terminated() {
      opened = null
    },
  })
}

export async function closeStore(): Promise<void> {
  const closing = opened
  opened = null
  if (closing) (await closing).close()
}

function createVersion1(db: Store): void {
  db.createObjectStore('meta', { keyPath: 'key' })
  db.createObjectStore('cases', { keyPath: ['user_id', 'id'] }).createIndex('by_user', 'user_id')
  db.createObjectStore('drafts', { keyPath: ['user_id', 'case_id'] }).createIndex('by_user', 'user_id')
  db.createObjectStore('notes', { keyPath: ['user_id', 'case_id', 'purpose'] })
  db.createObjectStore('items', { keyPath: 'id' }).createIndex('by_user', 'user_id')
  const photos = db.createObjectStore('photos', { keyPath: 'id' })
  photos.createIndex('by_user', 'user_id')
  photos.createIndex('by_case', ['user_id', 'case_id'])
  photos.createIndex('by_item', 'item_id')
  db.createObjectStore('chunks', { keyPath: ['photo_id', 'index'] })
}

type Upgrade = IDBPTransaction<RuhuSchema, StoreNames<RuhuSchema>[], 'versionchange'>

async function createVersion2(db: Store, tx: Upgrade): Promise<void> {
  const people = db.createObjectStore('people', { keyPath: 'user_id' })
  db.createObjectStore('keys', { keyPath: 'name' })
  const byCase = { keyPath: ['user_id', 'case_id', 'purpose'] }
  db.createObjectStore('sealed_drafts', byCase).createIndex('by_user', 'user_id')
  db.createObjectStore('recovered', { keyPath: ['user_id', 'id'] }).createIndex('by_user', 'user_id')
  db.createObjectStore('notices', { keyPath: ['user_id', 'id'] }).createIndex('by_user', 'user_id')
  const session = (await tx.objectStore('meta').get('session'))?.value as Session | undefined
  if (session) await people.put(personOf(session))
}

/**
 * Runs `body` in one transaction that is on disk when the promise resolves; all of it or nothing.
 * `body` may only await the transaction's own requests; on a full phone it may run twice, after received
 * pictures made room. New pictures make none: text comes first.
 * @throws PhoneProblem storage_full, store_failed
 */
export async function writeOnce<Names extends StoreNames<RuhuSchema>[], T>(
  stores: [...Names], body: (tx: Write<[...Names]>) => Promise<T>,
): Promise<T> {
  try {
    return await tryOnce(stores, body)
  } catch (cause) {
    const isFull = cause instanceof PhoneProblem && cause.code === 'storage_full'
    if (!isFull || stores.includes('chunks')) throw cause
    const hasRoom = await makeRoom(await openStore()).catch(() => false)
    if (!hasRoom) throw cause
    return tryOnce(stores, body)
  }
}

async function tryOnce<Names extends StoreNames<RuhuSchema>[], T>(
  stores: [...Names], body: (tx: Write<[...Names]>) => Promise<T>,
): Promise<T> {
  const db = await openStore()
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
  // Without this a failed request would also surface as an unhandled rejection.
  const done = tx.done.then(() => null, (cause: unknown) => cause ?? new Error('aborted'))
  try {
    const result = await body(tx)
    const failure = await done
    if (failure) throw failure
    return result
  } catch (cause) {
    abortQuietly(tx)
    await done
    throw asStoreProblem(cause)
  }
}

function abortQuietly(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch (cause) {
    if ((cause as DOMException).name !== 'InvalidStateError') throw cause
  }
}

function asStoreProblem(cause: unknown): PhoneProblem {
  if (cause instanceof PhoneProblem) return cause
  const isFull = (cause as DOMException | null)?.name === 'QuotaExceededError'
  return new PhoneProblem(isFull ? 'storage_full' : 'store_failed', { cause })
}
