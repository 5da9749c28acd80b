import { NotLoaded, type LogTransaction } from './log-transaction.ts'

/** What reading a working set gives, once everything that it asks for has been brought. */
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
