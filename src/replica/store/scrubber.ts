import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '#storage/open-database.ts'
import { scrubApart } from './scrub-apart.ts'
import { copiesAreScrubbed, emptyWriteAheadLog, joinSearchStep, scrubDue, scrubFile } from './scrub.ts'

export type Scrubbing = {
  worker: URL
  /** Time without writes before the file is rewritten, milliseconds. */
  quietMs: number
  /** After this long the file is rewritten even if it is being written to, milliseconds. */
  mostMs: number
  /** Removes these scopes from all copies of the file until stopped; false if it has to be retried. */
  forgetCopies(scopes: readonly string[], stopped: () => boolean): Promise<boolean>
  onFault(error: unknown): void
}

export const SCRUB_PACE = { quietMs: 20_000, mostMs: 15 * 60_000 } as const

export type Scrubber = {
  /** Checks whether something is due. */
  wake(): void
  close(): Promise<void>
}

/**
 * Removes purged content from the file: the cheap part at once, the rest in a worker thread once nothing is being written,
 * since rewriting the file blocks every writer.
 */
export function createScrubber(db: Db, scrubbing: Scrubbing | null): Scrubber {
  let closed = false
  let running: Promise<void> | null = null
  let again = false
  let endPause: () => void = () => {}

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** Increases with every write, of this connection and of others. */
  const written = () =>
    `${Number(db.prepare<[], { made: number }>('SELECT total_changes() AS made').get()?.made)} ${Number(db.pragma('data_version', { simple: true }))}`

  async function waitForQuiet({ quietMs, mostMs }: Scrubbing): Promise<void> {
    const step = quietMs / 4
    let seen = written()
    let quiet = 0
    for (let waited = 0; !closed && quiet < quietMs && waited < mostMs; waited += step) {
      await pause(step)
      if (closed) return
      const now = written()
      quiet = now === seen ? quiet + step : 0
      seen = now
    }
  }

  async function run(means: Scrubbing): Promise<void> {
    // The code that opened the replica finishes its setup in the current turn.
    await nextTurn()
    for (let first = true; !closed && joinSearchStep(db, first); first = false) await nextTurn()
    if (closed) return
    emptyWriteAheadLog(db)
    for (;;) {
      const due = closed ? null : scrubDue(db)
      if (!due) return
      if (due.scopes.length > 0 && (await means.forgetCopies(due.scopes, () => closed)) && !closed) copiesAreScrubbed(db, due)
      await waitForQuiet(means)
      if (closed) return
      const left = scrubDue(db)
      if (left?.scopes.length === 0) await scrubApart(means.worker, db.name, null)
    }
  }

  return {
    wake() {
      if (closed || !scrubDue(db)) return
      if (!scrubbing) return void scrubFile(db)
      again = running !== null
      running ??= run(scrubbing)
        .catch(scrubbing.onFault)
        .finally(() => {
          running = null
          if (again) this.wake()
        })
    },
    async close() {
      closed = true
      endPause()
      await running
    },
  }
}
