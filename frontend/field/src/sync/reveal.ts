import { PhoneProblem } from '../problem'
import { callApi } from './http'

/** The full number to dial; audited by the server, needs a network. @throws PhoneProblem */
export async function revealPhone(caseId: string, reason: string): Promise<string> {
  const answer = (await callApi('POST', `/cases/${encodeURIComponent(caseId)}/phone-reveals`, { reason })) as
    { phone?: unknown } | null
  if (typeof answer?.phone !== 'string') throw new PhoneProblem('not_our_server')
  return answer.phone
}
