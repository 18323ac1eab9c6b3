const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait after `failures` failures in a row, in ms: doubling, never above 5 minutes, spread
 * by half so that phones that lost the same network do not come back at once.
 */
export function pauseAfter(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(full * (0.5 + random() * 0.5))
}
