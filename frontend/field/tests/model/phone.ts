import { IDBFactory } from 'fake-indexeddb'
import type { CaseRow, ItemRow, PersonRow, PhotoRow } from '../../src/store/rows'
import type { Line } from './line'
import type { FormKind } from './steps'
import { Window, type Locks, type Network, type Start } from './window'

export const PIN = '283746'
export const WRONG_PIN = '918273'
export const TAKEN_AT = '2026-07-08T01:00:00Z'
/** Quick here; what makes a PIN slow to guess is another test's subject. */
const FEW_ITERATIONS = 1

export type Rows = Record<string, any[]>
export type Kind = { rows: Rows | null; cookie: string; hasLocks: boolean; canCompress: boolean }

/** A phone: its store and its clock outlive its windows. */
export class Phone<Net extends Network = Line> {
  readonly store = new IDBFactory()
  readonly line: Net
  /** Its clock against the true one, in ms. */
  ahead = 0
  readonly windows: (Window | null)[] = [null, null]
  isUsed = false
  private readonly clock: DateConstructor
  private readonly locks: Locks | undefined
  private readonly start: Start
  private readonly kind: Kind

  constructor(start: Start, line: Net, kind: Kind, passed: () => number) {
    this.start = start
    this.kind = kind
    this.line = line
    this.line.cookie = kind.cookie
    this.locks = kind.hasLocks ? onlyOne() : undefined
    const now = (): number => Date.now() + passed() + this.ahead
    this.clock = class extends Date {
      constructor(...given: any[]) {
        if (given.length === 0) super(now())
        else super(...(given as [number]))
      }

      static override now(): number {
        return now()
      }
    } as DateConstructor
  }

  /** The program in this window, started anew if it was killed. */
  async window(number: number): Promise<Window> {
    if (!this.isUsed) await this.begin()
    const open = this.windows[number]
    if (open && !open.isDead) return open
    const { store, line, clock, locks } = this
    return (this.windows[number] = new Window(this.start, { store, line, clock, locks, canCompress: this.kind.canCompress }))
  }

  /** The browser is gone, with all its windows. */
  crash(): void {
    this.windows.forEach((window) => window?.kill())
    this.locks?.free()
  }

  /** What lies on the disk, without the program's help. */
  rows<T = any>(name: string): T[] {
    const database = (this.store as any)._databases.get('ruhu')
    const kept = database?.rawObjectStores.get(name)
    return kept ? [...kept.records.values()].map((record: any) => record.value as T) : []
  }

  items = (): ItemRow[] => this.rows('items')
  photos = (): PhotoRow[] => this.rows('photos')
  people = (): PersonRow[] => this.rows('people')
  cases = (): CaseRow[] => this.rows('cases')

  /** Everything on the disk, for another phone to begin with. */
  dump(): Rows {
    const names: string[] = [...(this.store as any)._databases.get('ruhu').rawObjectStores.keys()]
    return Object.fromEntries(names.map((name) => [name, this.rows(name)]))
  }

  waiting(): { items: ItemRow[]; photos: PhotoRow[] } {
    return {
      items: this.items().filter((row) => !row.receipt),
      photos: this.photos().filter((row) => row.item_id && !row.receipt),
    }
  }

  /** Opens this person's part without a network. @returns whether it is open now */
  async enter(window: Window, userId: string): Promise<boolean> {
    const { program } = window
    const person = this.people().find((row) => row.user_id === userId)
    if (program.isUnlocked(userId) && this.session() === userId) return true
    if (!person?.vault || person.is_signed_out) return false
    return (await program.unlock(userId, PIN)) === 'open'
  }

  /** With the password; chooses or types the PIN. */
  async signIn(window: Window, username: string, password: string): Promise<void> {
    const { program } = window
    const { user } = await program.signIn(username, password)
    if (!(await program.hasVault(user.id))) await program.createVault(user.id, PIN, FEW_ITERATIONS)
    else if (!program.isUnlocked(user.id)) await program.unlock(user.id, PIN)
  }

  session(): string | null {
    return this.rows('meta').find((row) => row.key === 'session')?.value.user.id ?? null
  }

  private async begin(): Promise<void> {
    this.isUsed = true
    if (!this.kind.rows) return
    const first = await this.window(0)
    await first.program.restoreSession()
    const request = this.store.open('ruhu')
    await new Promise((resolve) => request.addEventListener('success', resolve))
    const db = request.result
    const tx = db.transaction([...db.objectStoreNames], 'readwrite')
    for (const [name, rows] of Object.entries(this.kind.rows)) rows.forEach((row) => tx.objectStore(name).put(row))
    await new Promise((resolve) => tx.addEventListener('complete', resolve))
    db.close()
  }
}

/** navigator.locks as far as the program asks of it: one holder in all windows, nobody waits. */
function onlyOne(): Locks {
  let holder: object | null = null
  return {
    free() {
      holder = null
    },
    async request(...given: unknown[]): Promise<unknown> {
      const work = given[2] as (lock: object | null) => unknown
      if (holder) return work(null)
      const mine = (holder = {})
      try {
        return await work(mine)
      } finally {
        if (holder === mine) holder = null
      }
    },
  }
}

export function finishOne(window: Window, kind: FormKind, caseId: string, text: string): Promise<{ id: string }> {
  const { program } = window
  if (kind === 'visit') return program.finishVisit(caseId)
  if (kind === 'observation') return program.finishObservation(caseId, { observed_at: TAKEN_AT, text, facts: { cattle: 2 } })
  if (kind === 'urgent') return program.reportUrgent(caseId, { reported_at: TAKEN_AT, text })
  return program.finishAttempt(caseId, { attempted_at: TAKEN_AT, result: 'away', reason: text, witness: '' })
}
