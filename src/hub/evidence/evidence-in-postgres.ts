import type { Kysely } from 'kysely'
import type { EvidencePieceTables } from './evidence-piece-tables.ts'
import { dropUpload, pieceAt, uploadOf, wholeOf } from './evidence-pieces.ts'
import { createUploads, receivedOf } from './evidence-uploads.ts'
import { EVIDENCE_MAX, inTurns, STALE_MS, type EvidenceStore, type Received } from './evidence-store.ts'

export type SharedEvidence = EvidenceStore & {
  /** Imports complete files of the node's own folder that the database lacks. @returns the number of imported files */
  takeInFolder(): Promise<number>
}

/** The sender of files in a node's own folder; no member has this ID. */
const FOLDER = 'folder'

/**
 * Evidence in the database, for a hub that may have several nodes: each node has every file, an upload can continue at another
 * node, and a database dump includes the files.
 * @param folder the node's own files, from versions that kept evidence there; they are not moved
 */
export function evidenceInPostgres(
  db: Kysely<EvidencePieceTables>,
  folder: EvidenceStore & { names(): Promise<string[]> },
  now: () => number,
): SharedEvidence {
  const inTurn = inTurns()
  const { add, findBrought } = createUploads(db, now)

  /** The upload progress of a sender; the file may already be complete from another sender. */
  const standingOf = async (hash: string, sender: string) =>
    receivedOf((await wholeOf(db, hash)) ?? (await uploadOf(db, hash, sender).executeTakeFirst()))

  /** Imports a file of the node's own folder; a file whose content does not match its name is left unchanged. */
  async function takeIn(hash: string): Promise<void> {
    const { whole, received: size } = await folder.find(hash, FOLDER)
    if (!whole) return
    for (let standing = await standingOf(hash, FOLDER), last = -1; !standing.whole && standing.received > last;) {
      last = standing.received
      const piece = last < size ? await folder.read(hash, last) : new Uint8Array()
      if (!piece) return
      standing = await add(hash, FOLDER, size, last, piece)
    }
  }

  async function find(hash: string, by: string): Promise<Received> {
    const standing = await standingOf(hash, by)
    if (standing.whole) return standing
    await inTurn(hash, () => takeIn(hash))
    return standingOf(hash, by)
  }

  return {
    find,

    async read(hash, offset) {
      if (!(await find(hash, FOLDER)).whole) return null
      const file = await wholeOf(db, hash)
      const piece = file && (await pieceAt(db, hash, file.sender, offset))
      if (file?.size === 0) return new Uint8Array()
      return piece ? Uint8Array.from(piece.bytes.subarray(offset - piece.start)) : null
    },

    async write(hash, by, size, offset, piece) {
      const known = await find(hash, by)
      if (known.whole || size > EVIDENCE_MAX || offset !== known.received || offset + piece.byteLength > size) return known
      return inTurn(hash, () => add(hash, by, size, offset, piece))
    },

    findBrought,

    // A sender who has sent the whole file once has proved that they have it, see `add`.
    async bring(hash, by, size, offset, piece) {
      const known = await findBrought(hash, by)
      if (size > EVIDENCE_MAX || offset !== known.received || offset + piece.byteLength > size) return known
      return inTurn(hash, () => add(hash, by, size, offset, piece))
    },

    async takeInFolder() {
      let taken = 0
      for (const hash of await folder.names()) if (!(await wholeOf(db, hash)) && (await find(hash, FOLDER)).whole) taken += 1
      return taken
    },

    async sweep() {
      await folder.sweep()
      for (const file of await db
        .selectFrom('evidence_file')
        .selectAll()
        .where('whole', '=', 0)
        .where('touched_at', '<', now() - STALE_MS)
        .execute())
        await dropUpload(db, file)
    },
  }
}
