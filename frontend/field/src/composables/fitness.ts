/** Why nothing may be filled in here; null where work is kept. */
export type Unfit = 'we_chat' | 'insecure' | 'browser' | null

type Surroundings = { agent: string; isSecure: boolean; has: { worker: boolean; store: boolean; crypto: boolean } }

export function unfitnessOf({ agent, isSecure, has }: Surroundings): Unfit {
  if (/MicroMessenger/i.test(agent)) return 'we_chat'
  if (has.worker && has.store && has.crypto) return null
  return isSecure ? 'browser' : 'insecure'
}

export function unfitness(): Unfit {
  return unfitnessOf({
    agent: navigator.userAgent, isSecure: window.isSecureContext,
    has: { worker: 'serviceWorker' in navigator, store: 'indexedDB' in window, crypto: !!window.crypto?.subtle },
  })
}
