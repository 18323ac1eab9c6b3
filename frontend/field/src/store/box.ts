import { PhoneProblem } from '../problem'
import type { Box } from './rows'
import { vaultKey } from './vault_state'

// The one place where personal content becomes what the store holds, and back.

/** Which row a box belongs to; it opens nowhere else. */
export type Place = { store: string; user: string; case: string; purpose?: string }

const IV_BYTES = 12

/** @throws PhoneProblem locked */
export async function closeBox(value: unknown, place: Place): Promise<Box> {
  const key = vaultKey(place.user)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  return { iv, sealed: await crypto.subtle.encrypt(parameters(iv, place), key, bytes) }
}

/** Opens both shapes. @throws PhoneProblem locked, box_unreadable */
export async function openBox<T>(box: Box, place: Place): Promise<T> {
  const key = vaultKey(place.user)
  if ('plain' in box) return JSON.parse(box.plain) as T
  try {
    const bytes = await crypto.subtle.decrypt(parameters(box.iv, place), key, box.sealed)
    return JSON.parse(new TextDecoder().decode(bytes)) as T
  } catch (cause) {
    throw new PhoneProblem('box_unreadable', { cause })
  }
}

/** For lists: what a forgotten PIN left behind reads as `fallback`. @throws PhoneProblem locked */
export async function openBoxOr<T>(box: Box, place: Place, fallback: T): Promise<T> {
  try {
    return await openBox<T>(box, place)
  } catch (cause) {
    if (cause instanceof PhoneProblem && cause.code === 'box_unreadable') return fallback
    throw cause
  }
}

export function isClosed(box: Box): boolean {
  return 'iv' in box
}

function parameters(iv: Uint8Array<ArrayBuffer>, place: Place): AesGcmParams {
  const identity = [place.store, place.user, place.case, place.purpose ?? ''].join('|')
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(identity) }
}
