/** Registers /field/sw.js. Does nothing where service workers are missing. */
export async function registerWorker(): Promise<void> {}
/** Call when a form opens; call the answer when it closes. Updates wait meanwhile. */
export function holdUpdates(): () => void {
  return () => {}
}
/** Called when a newer version waits and no form is open in this window. */
export function onUpdateReady(_callback: () => void): () => void {
  return () => {}
}
/** Asks the waiting version to take over; false when a form is open in any window. */
export async function applyUpdate(): Promise<boolean> {
  return false
}
