/** Thrown when a read needs data that is not loaded; call `load()` and retry. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/** Runs a read on a log transaction, loading what it needs and retrying until it succeeds. */
export async function loading<Value>(set: { load(): Promise<void> }, read: () => Value): Promise<Value> {
  for (;;) {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error
      await set.load()
    }
  }
}
