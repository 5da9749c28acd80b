import { mkdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Db } from '#storage/open-database.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubLink } from '#contract/hub-link.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'

/** A file that is to be fetched. */
export type Wanted = { hash: string; size: number; mime: string; name: string }

export type TransferParts = { db: Db; files: EvidenceFiles; link: HubLink }

export type TransferEvents = {
  /** A file's content was received or sent; `scopes` refer to it. */
  onFile(hash: string, scopes: readonly string[]): void
  /** Whether to stop between two pieces. */
  isClosed(): boolean
}

/** Sends and fetches single files in pieces, and keeps how much of each the hub has. Both throw when the link does. */
export type EvidenceTransfer = {
  /** @returns false if the hub refuses the file, or its content is not here */
  send(hash: string, size: number): Promise<boolean>
  receive(wanted: Wanted): Promise<Result<null>>
}

export function createEvidenceTransfer({ db, files, link }: TransferParts, { onFile, isClosed }: TransferEvents): EvidenceTransfer {
  const scopesOf = db.prepare<[string], { scope: string }>('SELECT DISTINCT scope FROM evidence_use WHERE hash = ?')
  const atHub = db.prepare<[string], { whole: number; received: number }>('SELECT whole, received FROM evidence_at_hub WHERE hash = ?')
  const noteAtHub = db.prepare(
    'INSERT INTO evidence_at_hub (hash, whole, received) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET whole = excluded.whole, received = excluded.received',
  )

  function note(hash: string, { whole, received }: { whole: boolean; received: number }): void {
    const known = atHub.get(hash)
    if (known && known.whole === (whole ? 1 : 0) && known.received === received) return
    noteAtHub.run(hash, whole ? 1 : 0, received)
    if (whole || !known) tell(hash)
  }

  function tell(hash: string): void {
    onFile(
      hash,
      scopesOf.all(hash).map(({ scope }) => scope),
    )
  }

  async function send(hash: string, size: number): Promise<boolean> {
    let standing = await link.findEvidence(hash)
    note(hash, standing)
    while (!standing.whole && !isClosed()) {
      const offset = standing.received
      const piece = await files.read(hash, offset)
      // The hub may have received all bytes and stopped before verifying them: an empty piece asks it to verify.
      if (!piece.ok || (piece.value.bytes.byteLength === 0 && offset !== size)) return false
      standing = await link.writeEvidence(hash, size, offset, new Uint8Array(piece.value.bytes))
      note(hash, standing)
      // Where the hub refused a piece, continuing is useless; content with another hash is sent from the beginning next time.
      if (!standing.whole && standing.received <= offset) return false
    }
    return true
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
        if (isClosed()) return fail('hub-unreachable')
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

  return { send, receive }
}
