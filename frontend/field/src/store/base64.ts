const STEP = 0x8000

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  // One call per byte is slow, one call for all overflows the stack.
  for (let at = 0; at < bytes.length; at += STEP) {
    text += String.fromCharCode(...bytes.subarray(at, at + STEP))
  }
  return btoa(text)
}

/** Reads both alphabets, padded or not; null for anything else. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const plain = atob(text.trim().replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''))
    const bytes = new Uint8Array(plain.length)
    for (let at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at)
    return bytes
  } catch {
    return null
  }
}
