import { statSync } from 'node:fs'
import type { Db } from '#storage/open-database.ts'
import { fail, type Result } from '#contract/failures.ts'
import { LinkRefused, type HubLink } from '#contract/hub-link.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { EvidenceAvailability } from '#contract/file-api.ts'
import { createEvidenceTransfer, type Wanted } from './evidence-transfer.ts'

export type EvidenceSyncEvents = {
  /** A file's content was received or sent; `scopes` refer to it. */
  onFile(hash: string, scopes: readonly string[]): void
  onFault(error: unknown): void
}

export type EvidenceSync = {
  /** Sends and fetches what is due. Resolves when nothing is left to do now. */
  wake(): Promise<void>
  /** Other devices have sent or fetched files since: retries what was given up. */
  wakeAnew(): Promise<void>
  /** Fetches a file that a user wants to see now. */
  fetch(hash: string): Promise<Result<null>>
  /** Whether files are being transferred, perhaps waiting for the hub. */
  readonly busy: boolean
  /** Number of files waiting to be sent to the hub. */
  waiting(): number
  close(): Promise<void>
}

/**
 * Transfers evidence files between this device and the hub, by hash. A file that only this device has is sent once the ops that
 * refer to it are acknowledged; a file is fetched when it is requested or belongs to an incident whose files are all kept here.
 * One piece is in transit at a time, so that ops are not delayed; both directions resume where they were interrupted.
 */
export function createEvidenceSync(parts: { db: Db; files: EvidenceFiles; link: HubLink }, events: EvidenceSyncEvents): EvidenceSync {
  const { db } = parts
  // Only files whose ops are acknowledged: the hub refuses a file that nothing refers to.
  const toSend = db.prepare<[], { hash: string; size: number }>(
    `SELECT DISTINCT evidence.hash, evidence.size FROM evidence_use JOIN evidence USING (hash) LEFT JOIN evidence_at_hub USING (hash)
     WHERE coalesce(whole, 0) = 0 AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.scope = evidence_use.scope)`,
  )
  const countToSend = db.prepare<[], { count: number }>(
    'SELECT count(DISTINCT hash) AS count FROM evidence_use JOIN evidence USING (hash) LEFT JOIN evidence_at_hub USING (hash) WHERE coalesce(whole, 0) = 0',
  )
  const toKeep = db.prepare<[], Wanted>(
    `SELECT hash, max(evidence_use.size) AS size, max(evidence_use.mime) AS mime, max(name) AS name FROM evidence_use JOIN offline_scope USING (scope)
     LEFT JOIN evidence USING (hash) WHERE evidence.hash IS NULL GROUP BY hash`,
  )
  const findUse = db.prepare<[string], Wanted>('SELECT hash, size, mime, name FROM evidence_use WHERE hash = ? LIMIT 1')
  /** Files that the hub refused or did not have; retried after the next handshake. */
  const givenUp = new Set<string>()
  let running: Promise<void> | null = null
  let closed = false
  const transfer = createEvidenceTransfer(parts, { onFile: events.onFile, isClosed: () => closed })

  function tellFault(error: unknown): void {
    if (!closed && !(error instanceof LinkRefused)) events.onFault(error)
  }

  const asked = new Map<string, Promise<Result<null>>>()

  /** Fetches a file once, however many callers ask for it. */
  function fetchOnce(wanted: Wanted): Promise<Result<null>> {
    const known = asked.get(wanted.hash)
    if (known) return known
    const coming = transfer.receive(wanted).finally(() => asked.delete(wanted.hash))
    asked.set(wanted.hash, coming)
    return coming
  }

  async function run(): Promise<void> {
    try {
      for (const { hash, size } of toSend.all()) {
        if (closed) return
        if (!givenUp.has(hash) && !(await transfer.send(hash, size))) givenUp.add(hash)
      }
      for (const wanted of toKeep.all()) {
        if (closed) return
        if (!givenUp.has(wanted.hash) && !(await fetchOnce(wanted)).ok) givenUp.add(wanted.hash)
      }
    } catch (error) {
      // The connection is down; the next sync round reports when it is back, or why this device is refused.
      tellFault(error)
    }
  }

  return {
    wake() {
      if (closed) return Promise.resolve()
      running ??= run().finally(() => {
        running = null
      })
      return running
    },

    wakeAnew() {
      givenUp.clear()
      return this.wake()
    },

    async fetch(hash) {
      const wanted = findUse.get(hash)
      if (!wanted) return fail('evidence-missing', { hash })
      try {
        return await fetchOnce(wanted)
      } catch (error) {
        tellFault(error)
        return fail('hub-unreachable')
      }
    },

    get busy() {
      return running !== null
    },

    waiting: () => countToSend.get()?.count ?? 0,

    async close() {
      closed = true
      await running
    },
  }
}

/** Where a file is, as far as this device knows without asking the hub. */
export function evidenceAvailability(db: Db, files: EvidenceFiles, hash: string): EvidenceAvailability {
  const use = db.prepare<[string], { size: number }>('SELECT size FROM evidence_use WHERE hash = ? LIMIT 1').get(hash)
  const kept = db.prepare<[string], { size: number }>('SELECT size FROM evidence WHERE hash = ?').get(hash)
  const known = db
    .prepare<[string], { whole: number; received: number }>('SELECT whole, received FROM evidence_at_hub WHERE hash = ?')
    .get(hash)
  const atHub = known === undefined ? 'unknown' : known.whole === 1 ? 'whole' : 'not-yet'
  const here = files.has(hash)
  const arrived = here ? 0 : (statSync(files.incomingOf(hash), { throwIfNoEntry: false })?.size ?? 0)
  return { here, arrived, atHub, size: use?.size ?? kept?.size ?? 0, received: known?.received ?? 0 }
}
