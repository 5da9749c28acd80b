import { mkdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Db } from '#storage/open-database.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { LinkRefused, type HubLink } from '#contract/hub-link.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { EvidenceAvailability } from '#contract/file-api.ts'

type Wanted = { hash: string; size: number; mime: string; name: string }

export type EvidenceSyncEvents = {
  /** A file's content was received or sent; `scopes` refer to it. */
  onFile(hash: string, scopes: readonly string[]): void
  onFault(error: unknown): void
}

/**
 * Transfers evidence files between this device and the hub, by hash. A file that only this device has is sent once the ops that
 * refer to it are acknowledged; a file is fetched when it is requested or belongs to an incident whose files are all kept here.
 * One piece is in transit at a time, so that ops are not delayed; both directions resume where they were interrupted.
 */
export function createEvidenceSync(parts: { db: Db; files: EvidenceFiles; link: HubLink }, events: EvidenceSyncEvents) {
  const { db, files, link } = parts
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
  const scopesOf = db.prepare<[string], { scope: string }>('SELECT DISTINCT scope FROM evidence_use WHERE hash = ?')
  const atHub = db.prepare<[string], { whole: number; received: number }>('SELECT whole, received FROM evidence_at_hub WHERE hash = ?')
  const noteAtHub = db.prepare(
    'INSERT INTO evidence_at_hub (hash, whole, received) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET whole = excluded.whole, received = excluded.received',
  )
  /** Files that the hub refused or did not have; retried after the next handshake. */
  const givenUp = new Set<string>()
  let running: Promise<void> | null = null
  let closed = false

  function note(hash: string, { whole, received }: { whole: boolean; received: number }): void {
    const known = atHub.get(hash)
    if (known && known.whole === (whole ? 1 : 0) && known.received === received) return
    noteAtHub.run(hash, whole ? 1 : 0, received)
    if (whole || !known) tell(hash)
  }

  function tell(hash: string): void {
    events.onFile(
      hash,
      scopesOf.all(hash).map(({ scope }) => scope),
    )
  }

  function tellFault(error: unknown): void {
    if (!closed && !(error instanceof LinkRefused)) events.onFault(error)
  }

  async function send(hash: string, size: number): Promise<void> {
    let standing = await link.findEvidence(hash)
    note(hash, standing)
    while (!standing.whole && !closed) {
      const offset = standing.received
      const piece = await files.read(hash, offset)
      // The hub may have received all bytes and stopped before verifying them: an empty piece asks it to verify.
      if (!piece.ok || (piece.value.bytes.byteLength === 0 && offset !== size)) return void givenUp.add(hash)
      standing = await link.writeEvidence(hash, size, offset, new Uint8Array(piece.value.bytes))
      note(hash, standing)
      // Where the hub refused a piece, continuing is useless; content with another hash is sent from the beginning next time.
      if (!standing.whole && standing.received <= offset) return void givenUp.add(hash)
    }
  }

  async function receive({ hash, size, mime, name }: Wanted): Promise<Result<null>> {
    if (files.has(hash)) {
      await files.adopt(hash, mime)
      return done(null)
    }
    const path = files.incomingOf(hash)
    mkdirSync(dirname(path), { recursive: true })
    let offset = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (offset > size) {
      rmSync(path)
      offset = 0
    }
    const handle = await open(path, 'a')
    try {
      while (offset < size) {
        const piece = await link.readEvidence(hash, offset)
        if (closed) return fail('hub-unreachable')
        if (!piece || piece.byteLength === 0 || offset + piece.byteLength > size) {
          note(hash, await link.findEvidence(hash))
          return fail('evidence-missing', { hash })
        }
        for (let written = 0; written < piece.byteLength;)
          written += (await handle.write(piece, written, piece.byteLength - written)).bytesWritten
        offset += piece.byteLength
      }
    } finally {
      await handle.close()
    }
    if (!(await files.receive(hash, { path, name, mime, size }))) return fail('evidence-missing', { hash })
    note(hash, { whole: true, received: size })
    tell(hash)
    return done(null)
  }

  const asked = new Map<string, Promise<Result<null>>>()

  /** Fetches a file once, however many callers ask for it. */
  function fetchOnce(wanted: Wanted): Promise<Result<null>> {
    const known = asked.get(wanted.hash)
    if (known) return known
    const coming = receive(wanted).finally(() => asked.delete(wanted.hash))
    asked.set(wanted.hash, coming)
    return coming
  }

  async function run(): Promise<void> {
    try {
      for (const { hash, size } of toSend.all()) {
        if (closed) return
        if (!givenUp.has(hash)) await send(hash, size)
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
    /** Sends and fetches what is due. Resolves when nothing is left to do now. */
    wake(): Promise<void> {
      if (closed) return Promise.resolve()
      running ??= run().finally(() => {
        running = null
      })
      return running
    },

    /** Other devices have sent or fetched files since: retries what was given up. */
    wakeAnew(): Promise<void> {
      givenUp.clear()
      return this.wake()
    },

    /** Fetches a file that a user wants to see now. */
    async fetch(hash: string): Promise<Result<null>> {
      const wanted = findUse.get(hash)
      if (!wanted) return fail('evidence-missing', { hash })
      try {
        return await fetchOnce(wanted)
      } catch (error) {
        tellFault(error)
        return fail('hub-unreachable')
      }
    },

    /** Whether files are being transferred, perhaps waiting for the hub. */
    get busy() {
      return running !== null
    },

    /** Number of files waiting to be sent to the hub. */
    waiting: (): number => countToSend.get()?.count ?? 0,

    async close(): Promise<void> {
      closed = true
      await running
    },
  }
}

export type EvidenceSync = ReturnType<typeof createEvidenceSync>

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
