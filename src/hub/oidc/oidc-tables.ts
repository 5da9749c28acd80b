import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Company sign-ins in progress; deleted soon after they end. In the database, so that any node can continue them. */
export type OidcTables = {
  oidc_ticket: {
    id: string
    state_hash: string
    poll_hash: string
    /** `sign-in`, `join` or `link`. */
    purpose: string
    /** The invite that is used. */
    invite_id: string | null
    /** The name of a new member. */
    name: string
    /** For `link`, the member who links; for `join`, the device's member before the hub was restored. */
    member_id: string | null
    device: string
    language: string
    /** The address it was begun from, for the lock-out. */
    address: string
    /** Shown on the device and in the browser, to be compared. */
    code: string
    nonce: string
    verifier: string
    stage: string
    subject: string | null
    /** Hash of the secret of the confirmation page. */
    page_hash: string | null
    /** Why it failed, as JSON. */
    failure: string | null
    created_at: number
    expires_at: number
  }
}

/** Creates the table, the same on both engines; times are milliseconds since 1970. */
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
