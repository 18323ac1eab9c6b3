const pending = new Map<string, Promise<unknown>>()

/** Saves of one form one after the other: closing takes a while, and the older must not come last. */
export function inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
  const result = (pending.get(key) ?? Promise.resolve()).then(work)
  const rest = result.then(() => undefined, () => undefined)
  pending.set(key, rest)
  void rest.then(() => {
    if (pending.get(key) === rest) pending.delete(key)
  })
  return result
}

/** Resolves when what was being saved under `key` is on disk or has failed. */
export async function settled(key: string): Promise<void> {
  await pending.get(key)
}
