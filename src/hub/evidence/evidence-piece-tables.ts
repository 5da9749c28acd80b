import type { CompiledQuery, Kysely } from 'kysely'
import { keyType, tableEnd } from '../database/columns.ts'

/** Evidence files of a hub with several nodes on PostgreSQL: every node has them, and a database dump includes them. */
export type EvidencePieceTables = {
  /**
   * The upload of each member, kept separate so that one member's bad upload does not affect another's. `whole` is 1 once all bytes
   * are there and the SHA-256 matches; then everyone can use the file.
   */
  evidence_file: { hash: string; sender: string; size: number; received: number; whole: number; touched_at: number }
  /** The content of a file, in pieces. */
  evidence_piece: { hash: string; sender: string; start: number; bytes: Uint8Array }
}

export function evidencePieceTableSteps(db: Kysely<EvidencePieceTables>): CompiledQuery[] {
  const key = keyType('postgres')
  return [
    db.schema
      .createTable('evidence_file')
      .addColumn('hash', key, (column) => column.notNull())
      .addColumn('sender', key, (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('received', 'bigint', (column) => column.notNull())
      .addColumn('whole', 'integer', (column) => column.notNull())
      .addColumn('touched_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_file_name', ['hash', 'sender'])
      .modifyEnd(tableEnd('postgres'))
      .compile(),
    db.schema
      .createTable('evidence_piece')
      .addColumn('hash', key, (column) => column.notNull())
      .addColumn('sender', key, (column) => column.notNull())
      .addColumn('start', 'bigint', (column) => column.notNull())
      .addColumn('bytes', 'bytea', (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_piece_name', ['hash', 'sender', 'start'])
      .modifyEnd(tableEnd('postgres'))
      .compile(),
  ]
}
