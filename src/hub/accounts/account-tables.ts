import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Who may sign in, and how. None of it is in the log: secrets must be deletable, and only the hub reads them. */
export type AccountTables = {
  credential: {
    member_id: string
    login: string
    /** argon2id in PHC form; null when the member signs in by OpenID Connect only. */ password: string | null
    oidc_subject: string | null
    changed_at: number
  }
  session: {
    id: string
    member_id: string
    secret_hash: string
    device: string
    created_at: number
    last_seen_at: number
    revoked_at: number | null
  }
  invite: {
    id: string
    /** `invite` admits a new member; `reset` lets an existing one set a password. */
    kind: string
    secret_hash: string
    member_id: string | null
    /** The place in the team that it grants, as JSON. */
    place: string
    note: string
    created_by: string
    created_at: number
    expires_at: number
    used_at: number | null
    withdrawn_at: number | null
    /** The op that creates the member, kept until it is in the log: the next start completes a joining that a crash interrupted. */
    join_op: string | null
  }
  sign_in_failure: { id: string; key: string; at: number }
  access: { id: string; at: number; member_id: string | null; what: string; about: string; device: string }
}

/** Creates the account tables, the same on both engines; times are integers in milliseconds. */
export function accountTableSteps(db: Kysely<AccountTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('credential')
      .addColumn('member_id', key, (column) => column.primaryKey())
      .addColumn('login', key, (column) => column.notNull().unique())
      .addColumn('password', 'text')
      .addColumn('oidc_subject', key, (column) => column.unique())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema
      .createTable('session')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('member_id', key, (column) => column.notNull())
      .addColumn('secret_hash', key, (column) => column.notNull().unique())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .compile(),
    db.schema
      .createTable('invite')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('secret_hash', key, (column) => column.notNull().unique())
      .addColumn('member_id', key)
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('created_by', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('withdrawn_at', 'bigint')
      .addColumn('join_op', 'text')
      .compile(),
    db.schema
      .createTable('sign_in_failure')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('key', key, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema
      .createTable('access')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('member_id', key)
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('device', 'text', (column) => column.notNull())
      .compile(),
    db.schema.createIndex('session_by_member').on('session').column('member_id').compile(),
    db.schema.createIndex('sign_in_failure_by_key').on('sign_in_failure').columns(['key', 'at']).compile(),
    db.schema.createIndex('access_by_time').on('access').columns(['at', 'id']).compile(),
  ]
}
