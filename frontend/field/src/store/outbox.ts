import type { Case, ItemKind } from '../contract/api'
import { FORM } from '../contract/form'
import { PhoneProblem } from '../problem'
import type { Answers, PhotoAnswer } from '../rules/form_shape'
import { withoutTakenBack } from '../rules/when'
import { instantOf } from '../rules/stated_times'
import { openBox } from './box'
import { openCase } from './cases'
import { serverOffsetMs } from './clock'
import { openStore } from './db'
import { findDraft } from './drafts'
import { commitItem, type Prepared } from './finish'
import { asItem, type Item } from './outbox_list'
import { answerOfRow, draftPhotos } from './photo_rows'
import { draftPlace } from './places'
import type { PhotoPurpose } from './rows'
import { requireOpen } from './session'
import { withoutMarks } from './signed_content'

export { listOutbox, outboxCount, outboxOf } from './outbox_list'
export type { DraftEntry, Item, ItemState, Outbox, OutboxCount, OutboxEntry, OutboxPhoto, Todo } from './outbox_list'

export type ObservationInput = {
  observed_at: string; text: string; facts: Record<string, unknown>
}
export type AttemptInput = { attempted_at: string; result: string; reason: string; witness: string }
export type ExplanationInput = {
  explained_at: string; reason_codes: string[]; text: string; method: string; receipt: string
  witness: string; materials: string; signature: Record<string, unknown>
}
/** `until_on`: YYYY-MM-DD, the last day that is asked for. */
export type ExtensionInput = { asked_at: string; until_on: string; reason: string }
export type UrgentInput = { reported_at: string; text: string }

/**
 * The draft of the case becomes an item, its photos belong to it: one strict transaction.
 * @throws PhoneProblem draft_not_here, draft_changed, signed_out, locked, storage_full, store_failed
 */
export async function finishVisit(caseId: string): Promise<Item> {
  return finish('visit', caseId, async (userId, known) => {
    const draft = await findDraft(userId, caseId)
    if (!draft) throw new PhoneProblem('draft_not_here')
    const photos = await draftPhotos(userId, caseId, 'visit')
    const answers = await openBox<Answers>(draft.body, draftPlace(draft))
    const content = {
      case_id: caseId, base_revision: draft.base_revision, form_version: FORM.version,
      visited_at: isoOf(answers.visited_at) ?? draft.started_at,
      ended_at: isoOf(answers.ended_at) ?? new Date().toISOString(),
      answers: { ...withoutTakenBack(withoutMarks(answers)), started_at: answers.started_at ?? draft.started_at, photos: [...draft.carried_photos, ...photos.map(answerOfRow)] },
    }
    return { title: titleOf(known), content, photoIds: photos.map((photo) => photo.id), purpose: 'visit', draft }
  })
}

/** Adds what a contributor saw, with the photos taken for it. @throws PhoneProblem as finishVisit */
export async function finishObservation(caseId: string, input: ObservationInput): Promise<Item> {
  return finish('observation', caseId, (userId, known) => contribution(userId, known, caseId, input, 'observation'))
}

/** Records that nobody could be visited. @throws PhoneProblem as finishVisit */
export async function finishAttempt(caseId: string, input: AttemptInput): Promise<Item> {
  return finish('attempt', caseId, (userId, known) => contribution(userId, known, caseId, input, 'attempt'))
}

/** Files what a household that does not qualify was told and signed. @throws PhoneProblem as finishVisit */
export async function finishExplanation(caseId: string, input: ExplanationInput): Promise<Item> {
  return finish('explanation', caseId, (userId, known) => contribution(userId, known, caseId, input, 'explanation'))
}

/** Asks for a later limit; the one there is holds until the county agrees. @throws PhoneProblem as finishVisit */
export async function requestExtension(caseId: string, input: ExtensionInput): Promise<Item> {
  return finish('extension', caseId, async (_userId, known) => {
    if (!known) throw new PhoneProblem('case_not_here')
    const content = { case_id: caseId, base_revision: known.revision, ...input }
    return { title: titleOf(known), content, photoIds: [], purpose: null, draft: null }
  })
}

/** Reports 急难 at once. @throws PhoneProblem as finishVisit */
export async function reportUrgent(caseId: string, input: UrgentInput): Promise<Item> {
  return finish('urgent', caseId, async (_userId, known) => ({
    title: titleOf(known), content: { case_id: caseId, ...input }, photoIds: [], purpose: null, draft: null,
  }))
}

/** How often a finish looks again when something moved meanwhile. */
const TRIES = 3

export type Prepare = (userId: string, known: Case | null) => Promise<Prepared>

export async function finish(kind: Exclude<ItemKind, 'draft'>, caseId: string, prepare: Prepare): Promise<Item> {
  const session = await requireOpen()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const known = await (await openStore()).get('cases', [session.user.id, caseId])
    const prepared = await prepare(session.user.id, known ? await openCase(known) : null)
    const content = {
      ...(prepared.content as object),
      device_time: new Date().toISOString(), server_offset_ms: await serverOffsetMs(),
    }
    const row = await commitItem({ session, kind, caseId, prepared: { ...prepared, content } })
    if (row) return asItem(row)
  }
  throw new PhoneProblem('draft_changed')
}

async function contribution(
  userId: string, known: Case | null, caseId: string, input: object, purpose: PhotoPurpose,
): Promise<Prepared> {
  if (!known) throw new PhoneProblem('case_not_here')
  const photos = await draftPhotos(userId, caseId, purpose)
  const answers: PhotoAnswer[] = photos.map(answerOfRow)
  const content = { case_id: caseId, base_revision: known.revision, ...input, photos: answers }
  return { title: titleOf(known), content, photoIds: photos.map((photo) => photo.id), purpose, draft: null }
}

function titleOf(known: Case | null): string {
  return known ? `${known.applicant.name} ${known.area.village}`.trim() : ''
}

function isoOf(value: unknown): string | null {
  const instant = instantOf(value)
  return instant === null ? null : new Date(instant).toISOString()
}
