import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStore } from '../src/store/db'
import { saveAnswers } from '../src/store/drafts'
import { saveNote } from '../src/store/notes'
import { finishObservation, finishVisit, outboxCount, outboxOf, reportUrgent } from '../src/store/outbox'
import { keepPhoto, listPhotos, removePhoto } from '../src/store/photos'
import { purgeReceived } from '../src/store/purge'
import { exportRescue, importRescue } from '../src/store/rescue'
import type { ItemRow, PhotoRow } from '../src/store/rows'
import { isInFlight } from '../src/sync/progress'
import { syncNow } from '../src/sync/sender'
import type { Fault, Request } from './support/fake_server'
import { OTHER_USER, sampleBytes, USER } from './support/sample'
import { OTHER_PIN, PIN } from './support/seeded'
import { enterAs, freshPhone, freshWorld, restartPhone } from './support/world'

const world = freshWorld()
const AT = '2026-07-08T01:00:00Z'
const LINES: ((request: Request) => Fault)[] = [
  () => undefined,
  () => 'drop_before',
  (request) => (request.path.endsWith('/inbox') ? 'drop_after' : undefined),
  (request) => (request.method === 'PATCH' && request.headers['upload-offset'] !== '0' ? 'drop_before' : undefined),
  (request) => (request.path.includes('/uploads') ? { status: 403, headers: { 'Content-Type': 'application/json' }, body: '{"code":"upload_unfit","message":"重拍"}' } : undefined),
]
const VERDICTS = ['applied', 'quarantined', 'needs_review', 'discarded', 'pending'] as const

type State = { items: ItemRow[]; photos: PhotoRow[]; drafts: any[]; notes: any[]; onTheWire: string[] }

async function rawState(): Promise<State> {
  const db = await openStore()
  const [items, photos, drafts, notes] = await Promise.all([
    db.getAll('items'), db.getAll('photos'), db.getAll('drafts'), db.getAll('notes'),
  ])
  const onTheWire = [...items, ...photos].map((row) => row.id).filter(isInFlight)
  return { items, photos, drafts, notes, onTheWire }
}

/** What a person would count with the store in front of them; written apart from the list on purpose. */
function recount(state: State, userId: string) {
  const items: string[] = []
  const photos: string[] = []
  let waitingItems = 0
  let waitingPhotos = 0
  let needsPerson = 0
  const begun = new Set<string>()
  for (const row of state.items) {
    if (row.user_id !== userId || row.carried) continue
    let word = 'waiting'
    if (row.receipt && row.verdict?.verdict === 'applied') word = 'accepted'
    else if (row.receipt && row.verdict?.verdict === 'quarantined') word = 'needs_person'
    else if (row.receipt) word = 'received'
    else if (state.onTheWire.includes(row.id)) word = 'sending'
    else if (row.refused) word = 'needs_person'
    if (!row.receipt) waitingItems += 1
    if (word === 'needs_person') needsPerson += 1
    items.push(`${row.id} ${word}`)
  }
  for (const row of state.photos) {
    if (row.user_id !== userId || row.carried) continue
    if (row.item_id === null) begun.add(`${row.purpose} ${row.case_id}`)
    else {
      const open = state.onTheWire.includes(row.id) ? 'sending' : row.refused ? 'needs_person' : 'waiting'
      const word = row.receipt ? 'received' : row.gone_at ? 'gone' : open
      if (!row.receipt && !row.gone_at) waitingPhotos += 1
      if (word === 'needs_person') needsPerson += 1
      photos.push(`${row.item_id} ${row.id} ${word}`)
    }
  }
  for (const row of state.drafts) if (row.user_id === userId) begun.add(`visit ${row.case_id}`)
  for (const row of state.notes) if (row.user_id === userId) begun.add(`${row.purpose} ${row.case_id}`)
  const carried = (rows: (ItemRow | PhotoRow)[]) => rows.filter((row) => row.carried && !row.receipt).length
  return {
    items: items.sort(), photos: photos.sort(), begun: [...begun].sort(),
    count: { drafts: begun.size, items: waitingItems, photos: waitingPhotos, needsPerson },
    carried: { items: carried(state.items), photos: carried(state.photos) },
  }
}

async function shown(userId: string) {
  const { entries, drafts, count, carried } = await outboxOf(userId)
  return {
    items: entries.map(({ item }) => `${item.id} ${item.state}`).sort(),
    photos: entries.flatMap(({ item, photos }) => photos.map((photo) => `${item.id} ${photo.id} ${photo.state}`)).sort(),
    begun: drafts.map((draft) => `${draft.purpose} ${draft.caseId}`).sort(), count, carried,
  }
}

let compared = 0
const seen = new Set<string>()

async function compareNow(userIds = [USER.id, OTHER_USER.id]): Promise<void> {
  for (const userId of userIds) {
    const before = await rawState()
    const list = await shown(userId)
    const after = await rawState()
    // While something is on the wire the store may move between two looks.
    if (JSON.stringify(before) !== JSON.stringify(after)) continue
    expect(list).toEqual(recount(after, userId))
    list.items.concat(list.photos).forEach((line) => seen.add(line.split(' ').pop()!))
    compared += 1
  }
}

const photoFor = (purpose: 'visit' | 'observation', seed: number) => keepPhoto(
  { caseId: 'case-1', purpose, kind: 'house', takenAt: AT, source: 'camera' }, sampleBytes(70_000, seed),
)

async function carryIn(): Promise<void> {
  const { file } = await exportRescue()
  const content = JSON.parse(await file.text())
  // As if it came from elsewhere: this phone has none of these ids.
  for (const { envelope } of content.items) envelope.id = envelope.id.replace(/^./, 'f')
  for (const photo of content.photos) photo.id = photo.id.replace(/^./, 'f')
  await importRescue(new Blob([JSON.stringify(content)]))
}

async function sync(line: number): Promise<void> {
  const midway: Promise<unknown>[] = []
  world.server.fault = (request) => {
    midway.push(compareNow([USER.id]).catch((cause) => cause))
    return LINES[line]!(request)
  }
  await syncNow()
  world.server.fault = () => undefined
  for (const outcome of await Promise.all(midway)) if (outcome) throw outcome
}

const STEPS: Record<string, (number: number) => Promise<unknown>> = {
  answer: (number) => saveAnswers('case-1', { living_size: number }),
  note: (number) => saveNote('case-1', number % 2 ? 'observation' : 'attempt', { text: `${number}` }),
  photo: (number) => photoFor(number % 3 ? 'visit' : 'observation', number + 1),
  dropPhoto: async () => {
    const [first] = await listPhotos('case-1')
    if (first) await removePhoto(first.id)
  },
  visit: () => finishVisit('case-1').catch((cause) => expect(cause.code).toBe('draft_not_here')),
  observe: () => finishObservation('case-1', { observed_at: AT, text: '院里有牛', facts: {} }),
  urgent: () => reportUrgent('case-1', { reported_at: AT, text: '房子塌了' }),
  sync: (number) => sync(number % LINES.length),
  refuse: async (number) => {
    world.server.refuse = (envelope) => envelope.seq % 3 === number % 3
    await sync(0)
    world.server.refuse = () => false
  },
  judge: async (number) => {
    const ids = [...world.server.stored.keys()]
    ids.forEach((id, index) => {
      world.server.verdicts[id] = { verdict: VERDICTS[(index + number) % VERDICTS.length]!, reason: '看一下' }
    })
    await sync(0)
  },
  restore: async (number) => {
    world.server.restore(`epoch-${number}-${compared}`)
    await sync(number % 2)
  },
  carry: carryIn,
  restart: () => restartPhone(),
  other: async (number) => {
    world.server.user = OTHER_USER
    await enterAs('team01', OTHER_PIN)
    await reportUrgent('case-1', { reported_at: AT, text: '另一个人看到的' })
    if (number % 2) await sync(0)
    world.server.user = USER
    await enterAs('grid01', PIN)
  },
  purge: () => purgeReceived(Date.now() + 31 * 86_400_000),
}

const step = fc.tuple(fc.constantFrom(...Object.keys(STEPS), 'sync', 'visit', 'photo', 'answer'), fc.nat(20))

test('in every state the list and the number say what the store holds', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
    await freshPhone()
    world.server.restore('epoch-1')
    world.server.user = USER
    await enterAs('grid01', PIN)
    await syncNow()
    for (const [name, number] of steps) {
      await STEPS[name]!(number)
      await compareNow()
    }
    expect((await outboxCount()).items).toBe(recount(await rawState(), USER.id).count.items)
  }), { seed: 20260706, numRuns: 14 })
  expect(compared).toBeGreaterThanOrEqual(100)
  expect([...seen].sort()).toEqual(['accepted', 'needs_person', 'received', 'sending', 'waiting'])
  console.log(`outbox: ${compared} states compared`)
})
