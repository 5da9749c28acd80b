import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '#storage/open-database.ts'
import { scrubApart } from './scrub-apart.ts'
import { copiesAreScrubbed, emptyWriteAheadLog, joinSearchStep, scrubDue, scrubFile } from './scrub.ts'

export type Scrubbing = {
  worker: URL
  /** Nobody must have written for this long before the file is written anew, milliseconds. */
  quietMs: number
  /** After this long it is done whoever writes, milliseconds. */
  mostMs: number
  /** Takes these scopes out of whatever copies of the file there are, until told to stop; false when that has to be tried again. */
  forgetCopies(scopes: readonly string[], stopped: () => boolean): Promise<boolean>
  onFault(error: unknown): void
}

export const SCRUB_PACE = { quietMs: 20_000, mostMs: 15 * 60_000 } as const

/**
 * Takes what was purged out of the file: at once what costs little, and once nobody writes the rest, in a thread of its own,
 * since writing the whole file anew keeps every writer waiting.
 */
export function createScrubber(db: Db, scrubbing: Scrubbing | null) {
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

  /** Moves on with every write, of this connection and of others. */
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
    // Whoever opened the replica is not ready for what follows before its turn is over.
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
    /** Looks whether something is due. */
    wake(): void {
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
    async close(): Promise<void> {
      closed = true
      endPause()
      await running
    },
  }
}

export type Scrubber = ReturnType<typeof createScrubber>
