import type { DeviceState } from '../contract/api'
import { PhoneProblem } from '../problem'
import { writeOnce } from '../store/db'
import { publicJwk, signText } from '../store/device_keys'
import { requireSession } from '../store/session'
import { storeChanged } from '../store/signal'
import { callApi } from './http'

/**
 * Makes this phone's key known to the server with the coordinator's one-time code, for who is signed in.
 * @throws PhoneProblem rejected (wrong or expired, with the server's sentence), signed_out, offline
 */
export async function enrol(code: string): Promise<void> {
  const session = await requireSession()
  const proof = await signText(['ruhu-enrol-1', session.deviceId, session.user.id, code].join('\n'))
  const told = { device_id: session.deviceId, name: '', public_key: await publicJwk(), code, proof }
  const answer = (await callApi('POST', '/devices', told)) as { device?: DeviceState } | null
  const device = answer?.device
  if (typeof device?.enrolled !== 'boolean') throw new PhoneProblem('not_our_server')
  await writeOnce(['meta'], async (tx) => {
    await tx.objectStore('meta').put({ key: 'session', value: { ...session, device } })
    await tx.objectStore('meta').put({ key: 'is_enrolled', value: device.enrolled })
  })
  storeChanged('session')
}
