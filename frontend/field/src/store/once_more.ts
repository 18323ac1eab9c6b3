/**
 * Many askers, few readings: whoever asks while one is under way shares the one that follows it, so each gets what is
 * at least as new as the moment of asking.
 */
export function onceMore<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let following: Promise<T> | null = null
  const begin = (): Promise<T> => {
    const mine: Promise<T> = read().finally(() => {
      if (running === mine) running = null
    })
    running = mine
    return mine
  }
  return () => {
    if (!running) return begin()
    following ??= running.then(() => null, () => null).then(() => {
      following = null
      return begin()
    })
    return following
  }
}
