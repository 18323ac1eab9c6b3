// From the opening of the app, and from the last digit of a PIN, a person waits for one thing. On a cheap phone whatever
// else is begun meanwhile makes that wait longer, so it is put off until the list stands; never for long.

const LONGEST_MS = 4_000

let rush: Promise<void> | null = null
let end: () => void = () => {}
let timer: ReturnType<typeof setTimeout> | undefined

/** Somebody waits. A rush that nobody ends is over by itself. */
export function beginRush(): void {
  clearTimeout(timer)
  timer = setTimeout(endRush, LONGEST_MS)
  rush ??= new Promise((resolve) => { end = resolve })
}

/** What was waited for stands. */
export function endRush(): void {
  clearTimeout(timer)
  rush = null
  end()
}

export function isRush(): boolean {
  return rush !== null
}

/** For what nobody waits for; at once while there is no rush. */
export function afterRush(): Promise<void> {
  return rush ?? Promise.resolve()
}
