import type { KeyObject } from 'node:crypto'
import { wrongCount } from './counts'
import type { BookItem, Books } from './office'
import type { Phone } from './phone'
import { holds } from './receipt'
import { isClosed } from './settle'
import type { Made } from './truth'
import type { World } from './world'

export type Verdict = { lost: string[]; duplicate: string[]; stuck: string[]; wrong: string[] }
const FINAL = new Set(['applied', 'needs_review', 'quarantined', 'discarded'])

/** Compares the office's books and every phone with what people did. */
export async function verify(world: World, receiptKey: KeyObject): Promise<Verdict> {
  const verdict: Verdict = { lost: [], duplicate: [], stuck: [...world.truth.heldUp], wrong: [...world.wrong] }
  const used = world.phones.filter((phone) => phone.isUsed)
  const rows = used.flatMap((phone) => phone.items())
  const ids = [...new Set([...world.truth.made.keys(), ...rows.map((row) => row.id)])]
  const shots = [...new Set([...world.truth.shots.keys(), ...used.flatMap((phone) => phone.photos().map((row) => row.id))])]
  const books = await world.office.ask<Books>('books', { items: ids, shots })
  const stored = new Map(books.items.map((item) => [item.id, item]))
  for (const [id, made] of world.truth.made) checkItem(world, verdict, stored.get(id), id, made, books)
  checkBooks(verdict, books, stored, shots)
  for (const phone of used) checkReceipts(world, verdict, phone, stored, books, receiptKey)
  const seen: string[] = []
  for (const phone of used) seen.push(await checkPeople(world, verdict, phone))
  checkForms(world, verdict, books, seen.join())
  for (const [number, phone] of world.phones.entries()) {
    if (phone.line.twoSenders > 0) verdict.wrong.push(`two windows of phone ${number} sent at once`)
  }
  return verdict
}

function checkItem(world: World, verdict: Verdict, item: BookItem | undefined, id: string, made: Made, books: Books): void {
  const name = `${made.kind} ${id}`
  if (!item) return void verdict.lost.push(`${name} is not on the server`)
  const text = JSON.stringify(item.content)
  const isTheirs = made.texts.some((one) => text.includes(one)) || (world.wasWiped && text.includes(`word-${made.user}-`))
  if (item.kind !== made.kind || item.content.case_id !== made.caseId || !isTheirs) verdict.lost.push(`${name} says something else: ${text}`)
  const named: any[] = (item.content.answers ?? item.content).photos ?? []
  const arrived = new Map(books.photos.map((photo) => [photo.id, photo.sha256]))
  for (const shot of made.shots) {
    const known = world.truth.shots.get(shot)!
    if (named.every((one) => one.id !== shot) && !world.wasWiped) verdict.lost.push(`${name} does not name photo ${shot}`)
    if (arrived.get(shot) !== known.sha256) verdict.lost.push(`photo ${shot} of ${name} is not on the server as it was taken`)
  }
  if (!FINAL.has(item.verdict)) verdict.stuck.push(`${name} has no verdict`)
  const isApplied = item.verdict === 'applied' || item.verdict === 'needs_review'
  if (item.rows > 1) verdict.duplicate.push(`${name} became ${item.rows} rows`)
  if (isApplied && item.rows !== 1) verdict.lost.push(`${name} is ${item.verdict} and has ${item.rows} rows`)
  if (item.flag === '' && item.user !== made.user) verdict.wrong.push(`${name} is in the name of ${item.user}`)
}

function checkBooks(verdict: Verdict, books: Books, stored: Map<string, BookItem>, shots: string[]): void {
  if (books.all_items !== stored.size) verdict.duplicate.push(`${books.all_items} items on the server, ${stored.size} on the phones`)
  if (books.conflicts > 0) verdict.duplicate.push(`${books.conflicts} contents under one id`)
  const arrived = books.photos.filter((photo) => shots.includes(photo.id)).length
  if (books.same_bytes !== arrived) verdict.duplicate.push(`${books.same_bytes} photos with the bytes of ${arrived}`)
  if (books.broken_link !== null) verdict.wrong.push(`the chain of events breaks at ${JSON.stringify(books.broken_link)}`)
}

function checkReceipts(world: World, verdict: Verdict, phone: Phone, stored: Map<string, BookItem>, books: Books, key: KeyObject): void {
  const arrived = new Map(books.photos.map((photo) => [photo.id, photo.sha256]))
  for (const row of [...phone.items(), ...phone.photos().filter((one) => one.item_id)]) {
    const isItem = 'envelope' in row
    const sha256 = isItem ? row.envelope.sha256 : row.sha256
    const isThere = isItem ? stored.has(row.id) : arrived.get(row.id) === row.sha256
    // Somebody carried it in, and its person cannot come back to hear of it.
    if (!row.receipt && isThere && isClosed(world, row.user_id)) continue
    if (!row.receipt) verdict.stuck.push(`${row.id} ${isItem ? row.kind : 'photo'} waits: ${JSON.stringify(row.refused)}`)
    else if (!isThere) verdict.lost.push(`${row.id} ended on the phone and is not on the server`)
    else if (!holds(row.receipt, row.id, sha256, key)) verdict.wrong.push(`${row.id} ended without a receipt that holds`)
  }
  const own = phone.items().filter((row) => !row.carried && row.kind !== 'draft').map((row) => row.envelope.seq)
  if (new Set(own).size !== own.length) verdict.wrong.push(`a number of the phone was given twice: ${own.join()}`)
}

/** What each person can open holds nothing of the other's, and the numbers are so. @returns all that can be opened */
async function checkPeople(world: World, verdict: Verdict, phone: Phone): Promise<string> {
  const all: string[] = []
  for (const person of phone.people()) {
    const window = await phone.window(0)
    const { program } = window
    if (!(await phone.enter(window, person.user_id).catch(() => false))) continue
    const box = await program.outboxOf(person.user_id)
    const notes = await Promise.all(phone.rows('notes').filter((row) => row.user_id === person.user_id).map((row) => program.loadNote(row.case_id, row.purpose)))
    const open = JSON.stringify([box, await program.listDrafts(), await program.listRecovered(), notes])
    all.push(open)
    for (const other of world.users) {
      if (other.id !== person.user_id && open.includes(`word-${other.id}-`)) verdict.wrong.push(`${person.user_id} sees words of ${other.id}`)
    }
    for (const { item } of box.entries) {
      const made = world.truth.made.get(item.id)
      if (made && made.user !== person.user_id) verdict.wrong.push(`${person.user_id} sees ${item.id} of ${made.user}`)
    }
    const theirs = phone.photos().find((row) => row.user_id !== person.user_id)
    const isSeen = theirs && (await program.photoBlob(theirs.id).then(() => true, () => false))
    if (isSeen) verdict.wrong.push(`${person.user_id} sees photo ${theirs.id}`)
    const found = await wrongCount(phone, program, person.user_id)
    if (found) verdict.wrong.push(found)
  }
  return all.join()
}

/** What was typed and not finished can be opened by its person, or is on its way back to them. */
function checkForms(world: World, verdict: Verdict, books: Books, open: string): void {
  const kept = open + JSON.stringify(books.drafts) + JSON.stringify(books.items)
  for (const { texts, user, isSure } of world.truth.forms.values()) {
    // Nobody could open it without its person's PIN.
    if (isClosed(world, user)) continue
    if (isSure && !texts.some((text) => kept.includes(text))) verdict.lost.push(`unfinished words ${texts.join()}`)
  }
}
