// Written by `make contract` from backend/api/schemas. Do not edit.
import type { Answers } from '../rules/form_shape'

export type ItemKind = 'visit' | 'observation' | 'attempt' | 'urgent' | 'explanation' | 'extension' | 'draft' | 'discovery'
export type Area = {
  code: string
  name: string
}
export type User = {
  id: string
  username: string
  name: string
  role: string
  role_label: string
  areas: Area[]
}
export type DepositKey = {
  id: string
  jwk: JsonWebKey
}
export type DeviceState = {
  enrolled: boolean
  revoked: boolean
}
export type SessionBody = {
  user: User
  server_time: string
  receipt_key: JsonWebKey
  deposit_key: DepositKey
  device: DeviceState
  form_version: number
  app_version: string
}
export type Applicant = {
  name: string
  id_masked: string
  phone_masked: string
  sex: string
  birth_on: string | null
}
export type Place = {
  code: string
  township: string
  village: string
  group: string
}
export type Declared = {
  family_size: number | null
  hardship_text: string
  risk_label: string
  submitted_at: string
  is_proxy: boolean
  proxy_name: string
}
export type ComparisonResult = {
  code: string
  label: string
  note: string
}
export type CaseVisitor = {
  user_id: string
  name: string
  unit: string
  role_label: string
  duty: 'main' | 'companion'
  phone: string
}
export type ReturnComment = {
  key: string
  text: string
}
export type Returned = {
  reason: string
  reason_code: string
  comments: ReturnComment[]
  returned_at: string
  by: string
}
export type CaseVisit = {
  id: string
  author: string
  visited_at: string
  is_mine: boolean
  photos_expected: number
  photos_stored: number
  superseded: boolean
}
export type CaseObservation = {
  id: string
  author: string
  observed_at: string
  is_mine: boolean
}
export type CaseAttempt = {
  id: string
  author: string
  attempted_at: string
  result_label: string
  note: string
  is_mine: boolean
}
export type CaseExtension = {
  state: 'asked' | 'approved' | 'refused'
  state_label: string
  until_at: string
  note: string
}
export type PerHeadTold = {
  total_fen: number
  people: number
  per_head_fen: number
}
export type ToExplain = {
  reason: string
  by: string
  unit: string
  routed_at: string
  visited_at: string | null
  monitor: PerHeadTold | null
  dibao: PerHeadTold | null
  dibao_standard_fen: number | null
  monitor_range_fen: number | null
  is_demo: boolean
  objection_days: number
  phones: string[]
}
export type Prefill = {
  answers: Answers
  members: Record<string, unknown>[]
  sources: Record<string, string>
  members_from: string[]
  visited_on: string | null
}
export type Case = {
  id: string
  revision: number
  number: string
  stage: 'warned' | 'assigned' | 'submitted' | 'returned' | 'reviewed' | 'routed' | 'closed'
  stage_label: string
  applicant: Applicant
  area: Place
  declared: Declared
  published_at: string
  due_at: string
  count_mode: 'calendar' | 'workdays'
  limit_days: number
  is_priority: boolean
  is_urgent: boolean
  is_found: boolean
  comparison: ComparisonResult
  people: CaseVisitor[]
  my_duty: 'main' | 'companion' | 'contributor'
  returned: Returned | null
  visits: CaseVisit[]
  observations: CaseObservation[]
  last_answers: Answers | null
  prefill: Prefill
  attempts: CaseAttempt[]
  extension: CaseExtension | null
  explain: ToExplain | null
}
export type EnrolledBody = {
  server_time: string
  device: DeviceState
}
export type Envelope = {
  id: string
  kind: ItemKind
  device_id: string
  author: string | null
  seq: number
  key_id: string | null
  sealed: string | null
  sha256: string
  signature: string | null
  payload: string | null
}
export type Receipt = {
  id: string
  sha256: string
  outcome: 'stored' | 'duplicate' | 'conflict'
  receipt_no: string
  received_at: string
  signature: string
}
export type Refusal = {
  id: string
  code: string
  message: string
}
export type InboxAnswer = {
  server_time: string
  epoch: string
  receipts: Receipt[]
  refused?: Refusal[]
}
export type Verdict = {
  verdict: 'pending' | 'applied' | 'needs_review' | 'quarantined' | 'discarded'
  code?: string | null
  reason: string | null
}
export type Notice = {
  id: string
  case_id: string | null
  kind: 'late_contribution' | 'kept_beside' | 'accepted' | 'attached' | 'discarded' | 'restored' | 'extension_approved' | 'extension_refused'
  text: string
  made_at: string
}
export type GivenBackDraft = {
  id: string
  case_id: string
  purpose: 'visit' | 'observation' | 'attempt' | 'urgent' | 'explanation' | 'extension' | 'discovery'
  base_revision: number
  started_at: string | null
  saved_at: string
  fields: Record<string, unknown>
}
export type ToldParameter = {
  key: string
  value: unknown | null
  valid_from_on: string
  source: string
  area_code: string
  is_demo: boolean
}
export type ToldParameters = {
  tag: string
  rows: ToldParameter[]
}
export type Officer = {
  name: string
  phone: string
}
export type Township = {
  code: string
  name: string
  phones: Officer[]
  villages: Area[]
}
export type Office = {
  digest: string
  townships: Township[]
}
export type ToldWords = {
  tag: string
  books: Record<string, Record<string, string>>
}
export type ChangesAnswer = {
  server_time: string
  epoch: string
  cases: Case[]
  gone: string[]
  verdicts: Record<string, Verdict>
  photos: Record<string, 'stored'>
  notices: Notice[]
  drafts: GivenBackDraft[]
  parameters: ToldParameters | null
  office?: Office | null
  words?: ToldWords
}
export type StaleAnswer = {
  server_time: string
  epoch: string
  stale: boolean
}
export type MissingAnswer = {
  items: string[]
  photos: string[]
}
export type Problem = {
  code: string
  message: string
  fields?: Record<string, unknown>
}
