import { sha256Hex } from '../store/canonical'
import { signText } from '../store/device_keys'
import { readMeta } from '../store/meta'
import { deviceId } from '../store/session'

/** Headers by which an enrolled phone says `body` in `author`'s name, whoever is signed in; none on any other phone. */
export async function vouchFor(
  purpose: 'missing' | 'heartbeat', body: object, author: string,
): Promise<Record<string, string>> {
  if ((await readMeta('is_enrolled')) !== true) return {}
  const phone = await deviceId()
  const text = ['ruhu-words-1', purpose, await sha256Hex(JSON.stringify(body)), phone, author].join('\n')
  return { 'Ruhu-Device': phone, 'Ruhu-Author': author, 'Ruhu-Signature': await signText(text) }
}
