import type { Kysely } from 'kysely'
import type { EvidencePieceTables } from './evidence-piece-tables.ts'
import { appendPiece, dropOtherUploads, dropUpload, hashOfUpload, uploadOf, wholeOf, type UploadedFile } from './evidence-pieces.ts'
import type { Received } from './evidence-store.ts'

/** The progress of an upload. */
export function receivedOf(file: Pick<UploadedFile, 'whole' | 'received'> | undefined): Received {
  return {
    whole: file?.whole === 1,
    received: file?.received ?? 0,
  }
}

/** The uploads of files, one for each sender. Pieces of one file must be added one after another. */
export type Uploads = {
  /** Adds a piece that continues the upload; the last one completes it. @returns how far the upload is */
  add(hash: string, sender: string, size: number, offset: number, piece: Uint8Array): Promise<Received>
  /** How much a sender has sent of a file that they have not completed. */
  findBrought(hash: string, sender: string): Promise<Received>
}

export function createUploads(db: Kysely<EvidencePieceTables>, now: () => number): Uploads {
  async function findBrought(hash: string, sender: string): Promise<Received> {
    const file = await uploadOf(db, hash, sender).executeTakeFirst()
    return { whole: false, received: file?.whole === 0 ? file.received : 0 }
  }

  /**
   * Reads a sender's whole upload to verify its hash; on a mismatch the upload starts over. The answer is about this upload alone:
   * a sender who only claims a file must not count as one who sent it.
   */
  async function complete(hash: string, sender: string, size: number): Promise<Received> {
    const own = { hash, sender, received: size }
    if ((await hashOfUpload(db, hash, sender, size)) !== hash) {
      await dropUpload(db, own)
      return { whole: false, received: 0 }
    }
    // The file is stored once.
    if (await wholeOf(db, hash)) {
      await dropUpload(db, own)
      return { whole: true, received: size }
    }
    const { numUpdatedRows } = await db
      .updateTable('evidence_file')
      .set({ whole: 1, size })
      .where('hash', '=', hash)
      .where('sender', '=', sender)
      .where('received', '=', size)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return findBrought(hash, sender)
    await dropOtherUploads(db, hash)
    return { whole: true, received: size }
  }

  return {
    findBrought,

    async add(hash, sender, size, offset, piece) {
      const standing = await db.transaction().execute(async (tx): Promise<Received> => {
        await tx
          .insertInto('evidence_file')
          .values({ hash, sender, size, received: 0, whole: 0, touched_at: now() })
          .onConflict((conflict) => conflict.columns(['hash', 'sender']).doNothing())
          .execute()
        const file = await uploadOf(tx, hash, sender).forUpdate().executeTakeFirstOrThrow()
        if (file.whole === 1 || offset !== file.received || offset + piece.byteLength > size) return receivedOf(file)
        if (piece.byteLength > 0) await appendPiece(tx, hash, sender, offset, piece)
        const received = offset + piece.byteLength
        await tx
          .updateTable('evidence_file')
          .set({ size, received, touched_at: now() })
          .where('hash', '=', hash)
          .where('sender', '=', sender)
          .execute()
        return { whole: false, received }
      })
      return standing.whole || standing.received !== size ? standing : complete(hash, sender, size)
    },
  }
}
