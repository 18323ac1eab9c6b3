import type { Area, Case } from '../contract/api'
import { dueAt } from '../rules/deadline'
import { readId } from '../rules/identity'
import { maskId } from '../rules/masking'
import { closeCase } from './cases'
import { openStore } from './db'
import { rowsOf } from './held'
import { newId } from './ids'
import { finish, type Item } from './outbox'
import { requireOpen, type Session } from './session'

/** A household that nobody declared; `area` is its village, or the township while nobody said which. */
export type DiscoveryInput = {
  found_at: string; area: Area; township: string; group: string; id_number: string; needs: string[]; text: string
  /** May be empty; then `shown_name` is what stands in lists. */
  name: string; shown_name: string; needs_text: string
}

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
/** Until the office has told the real one. */
const USUAL_RULE = { limitDays: 5, mode: 'calendar' as const, rollForward: false, isWorkday: {} }

/** The id of the discovery that is being written: the one left unfinished, or a new one. @throws PhoneProblem signed_out, locked */
export async function openDiscovery(): Promise<string> {
  const { user } = await requireOpen()
  const keys = await (await openStore()).getAllKeys('notes', rowsOf(user.id))
  return keys.find(([, , purpose]) => purpose === 'discovery')?.[1] ?? newId()
}

/**
 * Opens the household under the id that this phone made, together with the item that tells the office, in one
 * strict transaction: whatever hangs on it is numbered after it. @throws PhoneProblem as finishVisit
 */
export async function discover(caseId: string, input: DiscoveryInput): Promise<Item> {
  const session = await requireOpen()
  const opens = await closeCase(session.user.id, caseOf(caseId, input, session))
  const { area, township: _township, shown_name, needs_text: _words, ...told } = input
  const content = { case_id: caseId, base_revision: 0, area_code: area.code, ...told }
  const title = `${shown_name} ${area.name}`
  return finish('discovery', caseId, async () => ({ title, content, photoIds: [], purpose: null, draft: null, opens }))
}

/** The household as this phone shows it until the office tells its own. */
function caseOf(id: string, input: DiscoveryInput, { user }: Session): Case {
  const known = readId(input.id_number)
  const village = input.area.code.length === 12 ? input.area.name : ''
  const begun = startOfDay(input.found_at)
  const place = `${input.township}${village}${input.group}`
  const idMasked = known ? maskId(known.number) : ''
  return {
    id, revision: 0, number: '', stage: 'assigned', stage_label: '',
    applicant: { name: input.shown_name, id_masked: idMasked, phone_masked: '', sex: known?.sex ?? '', birth_on: known?.birthOn ?? null },
    area: { code: input.area.code, township: input.township, village, group: input.group },
    declared: {
      family_size: null, hardship_text: input.text, risk_label: input.needs_text, submitted_at: input.found_at, is_proxy: false, proxy_name: '',
    },
    published_at: begun, due_at: dueAt(begun, USUAL_RULE).toISOString(), count_mode: 'calendar', limit_days: USUAL_RULE.limitDays,
    is_priority: false, is_urgent: false, is_found: true, comparison: { code: '', label: '', note: '' },
    people: [{ user_id: user.id, name: user.name, unit: '', role_label: user.role_label, duty: 'main', phone: '' }], my_duty: 'main', returned: null,
    visits: [], observations: [], attempts: [], extension: null, explain: null, last_answers: null,
    prefill: {
      answers: {
        head_name: input.name, live_address: place, register_address: place, ...(idMasked && { head_id_number: idMasked }),
        visitors: [{ user_id: user.id, name: user.name, unit: '', role: user.role_label }],
      },
      members: [{ m_name: input.name, m_relation: 'head', ...(idMasked && { m_id_number: idMasked }) }],
      sources: { head_name: 'likely', live_address: 'likely', register_address: 'likely' }, members_from: ['likely'], visited_on: null,
    },
  }
}

function startOfDay(instant: string): string {
  const day = Math.floor((Date.parse(instant) + SHANGHAI_MS) / DAY_MS)
  return new Date(day * DAY_MS - SHANGHAI_MS).toISOString()
}
