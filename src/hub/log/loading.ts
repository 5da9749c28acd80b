import { NotLoaded, type LogTransaction } from './log-transaction.ts'

/** Runs a read on a log transaction, loading what it needs and retrying until it succeeds. */
export async function loading<Value>(set: LogTransaction, read: () => Value): Promise<Value> {
  for (;;) {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error
      await set.load()
    }
  }
}
