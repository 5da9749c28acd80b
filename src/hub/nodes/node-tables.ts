import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'

/** What the nodes of one hub publish about themselves, on PostgreSQL. */
export type NodeTables = {
  /** A node whose `seen_at` is too old is considered dead, with its links. */
  node: { id: string; seen_at: number }
  /** The open links of a node; `place` is what the member looks at, as JSON. */
  node_link: {
    node: string
    link: string
    member_id: string
    session_id: string | null
    device: string
    place: string | null
    since: number
  }
}

export function nodeTableSteps(db: Kysely<NodeTables>): CompiledQuery[] {
  const key = keyType('postgres')
  return [
    db.schema
      .createTable('node')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema
      .createTable('node_link')
      .addColumn('node', key, (column) => column.notNull().references('node.id').onDelete('cascade'))
      .addColumn('link', key, (column) => column.notNull())
      .addColumn('member_id', key, (column) => column.notNull())
      .addColumn('session_id', key)
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('place', 'text')
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('node_link_name', ['node', 'link'])
      .compile(),
  ]
}
