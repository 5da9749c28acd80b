import type { AgentDb } from './agent-tables.ts'

/** Writes that share one transaction at most. */
const AT_ONCE = 200

/** Runs a write within a transaction, and resolves when it is durable. */
export type Write = <Value>(write: (within: AgentDb) => Promise<Value>) => Promise<Value>

type Waiting = { run(within: AgentDb): Promise<void>; settle(): void; fail(error: unknown): void }

/**
 * Lets writes that arrive together share a transaction: after a publication a thousand agents confirm within seconds, and each
 * transaction of its own would wait for the disk.
 */
export function createWriteTurns(db: AgentDb): Write {
  let waiting: Waiting[] = []
  let running = false

  async function writeOne(one: Waiting): Promise<void> {
    try {
      await db.transaction().execute((within) => one.run(within))
      one.settle()
    } catch (error) {
      one.fail(error)
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const turn = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      try {
        await db.transaction().execute(async (within) => {
          for (const one of turn) await one.run(within)
        })
        for (const one of turn) one.settle()
      } catch {
        // One of them failed, and with it the transaction of all.
        for (const one of turn) await writeOne(one)
      }
    }
  }

  return (write) =>
    new Promise((resolve, reject) => {
      let settle = () => {}
      waiting.push({
        async run(within) {
          const value = await write(within)
          settle = () => resolve(value)
        },
        settle: () => settle(),
        fail: reject,
      })
      if (running) return
      running = true
      // In a later turn, so that requests that arrived together come together.
      setImmediate(() => void writeAll().finally(() => (running = false)))
    })
}
