/** Makes the n-th write of the store from now on fail, as a full or broken disk would. */
export function failWrite(nth: number): () => void {
  const methods = ['put', 'add', 'delete'] as const
  const kept = methods.map((name) => IDBObjectStore.prototype[name])
  let count = 0
  methods.forEach((name, index) => {
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...args: any[]) {
      count += 1
      if (count === nth) throw new DOMException('disk', 'UnknownError')
      return (kept[index] as any).apply(this, args)
    } as any
  })
  return () => methods.forEach((name, index) => Object.assign(IDBObjectStore.prototype, { [name]: kept[index] }))
}
