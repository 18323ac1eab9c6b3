import { pauseAfter } from './backoff'

const IDLE_MS = 5 * 60_000

let timer: ReturnType<typeof setTimeout> | undefined
let run: () => void = () => {}

/** What the browser says about the network or the window only makes the next try come sooner. */
export function listenForHints(start: () => void): void {
  run = start
  globalThis.addEventListener?.('online', () => scheduleAfter(0))
  globalThis.document?.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') scheduleAfter(0)
  })
}

/** Sets the next round: soon (0), after a failure, or after the idle pause. */
export function scheduleAfter(when: 0 | 'idle' | { failures: number; atLeast: number }): void {
  clearTimeout(timer)
  timer = setTimeout(run, delayOf(when))
}

function delayOf(when: 0 | 'idle' | { failures: number; atLeast: number }): number {
  // A short spread lets several hints of the same moment become one round.
  if (when === 0) return 50 + Math.random() * 200
  return when === 'idle' ? IDLE_MS : Math.max(when.atLeast, pauseAfter(when.failures))
}
