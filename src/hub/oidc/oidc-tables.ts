import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Sign-ins by a company account that are under way; swept soon after their end. In the database, so that any node may go on with them. */
export type OidcTables = {
  oidc_ticket: {
    id: string
    state_hash: string
    poll_hash: string
    /** `sign-in`, `join` or `link`. */
    purpose: string
    /** The invite to come in by. */
    invite_id: string | null
    /** How a new member calls themselves. */
    name: string
    /** Whose account is being linked; of a joining, who the device was before the hub was restored. */
    member_id: string | null
    device: string
    language: string
    /** Where it was begun from, for the lock-out. */
    address: string
    /** Shown on the device and in the browser, to be compared. */
    code: string
    nonce: string
    verifier: string
    stage: string
    subject: string | null
    /** Of the page on which the person confirms. */
    page_hash: string | null
    /** Why it came to nothing, as JSON. */
    failure: string | null
    created_at: number
    expires_at: number
  }
}

/** Makes the table, the same on both engines; times are milliseconds since 1970. */
export function oidcTableSteps(db: Kysely<OidcTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('oidc_ticket')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('state_hash', key, (column) => column.notNull().unique())
      .addColumn('poll_hash', key, (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('invite_id', key)
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('member_id', key)
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('nonce', 'text', (column) => column.notNull())
      .addColumn('verifier', 'text', (column) => column.notNull())
      .addColumn('stage', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('page_hash', 'text')
      .addColumn('failure', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema.createIndex('oidc_ticket_by_end').on('oidc_ticket').column('expires_at').compile(),
  ]
}
