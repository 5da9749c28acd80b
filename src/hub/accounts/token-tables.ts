import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** API tokens: access that ends with its member's. None of it is in the log. Times are milliseconds since 1970, lists are JSON. */
export type TokenTables = {
  token: {
    id: string
    name: string
    kind: string
    /** The member that the token acts as: its creator, or a member created for it. */
    member_id: string
    secret_hash: string
    scopes: string
    created_by: string
    created_at: number
    expires_at: number
    last_used_at: number | null
    revoked_at: number | null
  }
}

/** Creates the table of tokens, the same on both engines. */
export function tokenTableSteps(db: Kysely<TokenTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('token')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('member_id', key, (column) => column.notNull())
      .addColumn('secret_hash', key, (column) => column.notNull().unique())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('created_by', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .compile(),
  ]
}
