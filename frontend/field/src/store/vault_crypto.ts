import { deviceMac } from './device_keys'
import type { VaultRow } from './rows'

export const PIN_ITERATIONS = 210_000

const KEY_KIND = { name: 'AES-GCM', length: 256 } as const

/** A new data key, wrapped for the store and open for this window. */
export async function newVault(
  userId: string, pin: string, iterations: number,
): Promise<{ vault: VaultRow; key: CryptoKey }> {
  const fresh = await crypto.subtle.generateKey(KEY_KIND, true, ['encrypt', 'decrypt'])
  return wrap(userId, pin, iterations, fresh)
}

/** What a try takes long for; nothing is tried by it yet. */
export function stretchPin(pin: string, vault: VaultRow): Promise<CryptoKey> {
  return wrappingKey(pin, vault.salt, vault.iterations)
}

/** The data key, unreadable for scripts; null when the PIN (or this phone) is not the right one. */
export async function openVault(userId: string, wrapping: CryptoKey, vault: VaultRow): Promise<CryptoKey | null> {
  return unwrap(userId, wrapping, vault, false)
}

/** The same data key under another PIN; null when the old one is wrong. */
export async function rewrapVault(
  userId: string, pins: { old: string; next: string }, vault: VaultRow, iterations: number,
): Promise<VaultRow | null> {
  const key = await unwrap(userId, await stretchPin(pins.old, vault), vault, true)
  return key && (await wrap(userId, pins.next, iterations, key)).vault
}

async function wrap(
  userId: string, pin: string, iterations: number, key: CryptoKey,
): Promise<{ vault: VaultRow; key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const wrap_iv = crypto.getRandomValues(new Uint8Array(12))
  const wrapping = await wrappingKey(pin, salt, iterations)
  const wrapped_key = await crypto.subtle.wrapKey('raw', key, wrapping, wrapParameters(userId, wrap_iv))
  const vault: VaultRow = { salt, iterations, wrap_iv, wrapped_key, wrong_pins: 0 }
  const opened = await crypto.subtle.unwrapKey(
    'raw', wrapped_key, wrapping, wrapParameters(userId, wrap_iv), KEY_KIND, false, ['encrypt', 'decrypt'],
  )
  return { vault, key: opened }
}

async function unwrap(
  userId: string, wrapping: CryptoKey, vault: VaultRow, isExtractable: boolean,
): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.unwrapKey(
      'raw', vault.wrapped_key, wrapping, wrapParameters(userId, vault.wrap_iv), KEY_KIND, isExtractable,
      ['encrypt', 'decrypt'],
    )
  } catch (cause) {
    if ((cause as DOMException).name === 'OperationError') return null
    throw cause
  }
}

/** Six digits alone are guessed in a second; the device's half cannot leave the phone. */
async function wrappingKey(pin: string, salt: BufferSource, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const stretched = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, 256)
  const mixed = await crypto.subtle.importKey('raw', await deviceMac(stretched), 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('ruhu-vault-1')
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info }, mixed, KEY_KIND, false, ['wrapKey', 'unwrapKey'],
  )
}

function wrapParameters(userId: string, iv: BufferSource): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`ruhu-vault-1|${userId}`) }
}
