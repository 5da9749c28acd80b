import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { PIECE_BYTES } from '#contract/hub-link.ts'
import type { HubTables } from '../database/hub-tables.ts'
import type { EvidencePieceTables } from './evidence-piece-tables.ts'

type Db = Kysely<EvidencePieceTables>
export type UploadedFile = EvidencePieceTables['evidence_file']

/** The complete upload of a file, if there is one. */
export function wholeOf(db: Db, hash: string) {
  return db
    .selectFrom('evidence_file')
    .selectAll()
    .where('hash', '=', hash)
    .where('whole', '=', 1)
    .orderBy('sender')
    .limit(1)
    .executeTakeFirst()
}

/** Selects a sender's upload of a file. */
export function uploadOf(db: Db, hash: string, sender: string) {
  return db.selectFrom('evidence_file').selectAll().where('hash', '=', hash).where('sender', '=', sender)
}

/** The piece of an upload that contains the byte at an offset. */
export function pieceAt(db: Db, hash: string, sender: string, offset: number) {
  return db
    .selectFrom('evidence_piece')
    .select(['start', 'bytes'])
    .where('hash', '=', hash)
    .where('sender', '=', sender)
    .where('start', '<=', offset)
    .orderBy('start', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Deletes a sender's upload unless it was completed or has grown since. */
export async function dropUpload(db: Db, { hash, sender, received }: Pick<UploadedFile, 'hash' | 'sender' | 'received'>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const file = await uploadOf(tx, hash, sender).forUpdate().executeTakeFirst()
    if (!file || file.received !== received || file.whole === 1) return
    await tx.deleteFrom('evidence_piece').where('hash', '=', hash).where('sender', '=', sender).execute()
    await tx.deleteFrom('evidence_file').where('hash', '=', hash).where('sender', '=', sender).execute()
  })
}

/** Deletes the other uploads of a complete file, except those that prove that their sender has it. */
export async function dropOtherUploads(db: Db, hash: string): Promise<void> {
  const shows = db.withTables<Pick<HubTables, 'evidence_claim'>>().selectFrom('evidence_claim').select('member_id').where('hash', '=', hash)
  const claimed = new Set((await shows.execute()).map((row) => row.member_id))
  for (const other of await db.selectFrom('evidence_file').selectAll().where('hash', '=', hash).where('whole', '=', 0).execute())
    if (!claimed.has(other.sender)) await dropUpload(db, other)
}

/** The SHA-256 of the first `size` bytes of an upload, in hex; of fewer when pieces are missing. */
export async function hashOfUpload(db: Db, hash: string, sender: string, size: number): Promise<string> {
  const digest = createHash('sha256')
  for (let offset = 0; offset < size;) {
    const piece = await pieceAt(db, hash, sender, offset)
    if (!piece || piece.start !== offset) break
    digest.update(piece.bytes)
    offset += piece.bytes.byteLength
  }
  return digest.digest('hex')
}

/** Appends a piece, merging it into the last one while that is small: a file takes few rows regardless of how it was split. */
export async function appendPiece(tx: Db, hash: string, sender: string, offset: number, piece: Uint8Array): Promise<void> {
  const bytes = Buffer.from(piece)
  const last = await tx
    .selectFrom('evidence_piece')
    .select(['start', sql<number>`octet_length(bytes)`.as('length')])
    .where('hash', '=', hash)
    .where('sender', '=', sender)
    .orderBy('start', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last && last.length + bytes.byteLength <= PIECE_BYTES)
    await tx
      .updateTable('evidence_piece')
      .set({ bytes: sql`bytes || ${bytes}` })
      .where('hash', '=', hash)
      .where('sender', '=', sender)
      .where('start', '=', last.start)
      .execute()
  else await tx.insertInto('evidence_piece').values({ hash, sender, start: offset, bytes }).execute()
}
