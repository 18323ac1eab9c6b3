// What is on the wire right now; never stored, since a restart means that nothing is.
const inFlight = new Map<string, number>()

export function startFlight(id: string): void {
  inFlight.set(id, inFlight.get(id) ?? 0)
}

export function noteSentBytes(id: string, bytes: number): void {
  inFlight.set(id, bytes)
}

export function endFlight(id: string): void {
  inFlight.delete(id)
}

export function isInFlight(id: string): boolean {
  return inFlight.has(id)
}

export function sentBytesOf(id: string): number {
  return inFlight.get(id) ?? 0
}
