import type { CompiledQuery, Kysely } from 'kysely'
import { keyType, tableEnd } from '../database/columns.ts'

/** Evidence files where several nodes are one hub, on PostgreSQL: every node has them, and so has a dump of the database. */
export type EvidencePieceTables = {
  /**
   * What somebody sends, for each member apart: what one of them sends wrong takes nothing away from another. `whole` is 1 once
   * everything is there and its SHA-256 is the one it was said to have; then it is everybody's.
   */
  evidence_file: { hash: string; sender: string; size: number; received: number; whole: number; touched_at: number }
  /** What a file consists of, in the pieces in which it came. */
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
