import type { Case } from '../../src/contract/api'

export const USER = {
  id: 'user-grid', username: 'grid01', name: '马玉兰', role: 'grid_worker', role_label: '网格员',
  areas: [{ code: '620525100201', name: '上磨村' }],
}
export const OTHER_USER = { ...USER, id: 'user-team', username: 'team01', name: '丁志强' }

/** A case as the pull brings it; `over` changes what a test is about. */
export function sampleCase(over: Partial<Case> = {}): Case {
  return {
    id: 'case-1', revision: 3, number: 'ZJC-2026-0001', stage: 'assigned', stage_label: '已派单',
    applicant: { name: '马占海', id_masked: '620599********0831', phone_masked: '120****0001', sex: 'male', birth_on: '1981-09-19' },
    area: { code: '620525100201', township: '张家川镇', village: '上磨村', group: '三社' },
    declared: {
      family_size: 4, hardship_text: '', risk_label: '', submitted_at: '2026-07-01T02:00:00Z',
      is_proxy: false, proxy_name: '',
    },
    published_at: '2026-07-06T02:00:00Z', due_at: '2026-07-11T16:00:00Z', count_mode: 'calendar', limit_days: 5,
    is_priority: false, is_urgent: false, is_found: false, comparison: { code: 'M9', label: '', note: '' }, people: [],
    my_duty: 'main', returned: null, visits: [], observations: [], attempts: [], extension: null, explain: null, last_answers: null,
    prefill: { answers: { head_name: '马占海', registered_size: 4 }, members: [{ m_name: '马占海', m_relation: 'head' }], sources: {}, members_from: ['likely'], visited_on: null },
    ...over,
  }
}

/** Bytes that differ from place to place, so that a wrong offset shows in the hash. */
export function sampleBytes(length: number, seed = 7): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let value = seed
  for (let index = 0; index < length; index += 1) {
    value = (Math.imul(value, 1103515245) + 12345) >>> 0
    bytes[index] = value >>> 16
  }
  return bytes
}
