import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Webhooks and their deliveries. None of it is in the log. Times are milliseconds since 1970, lists are JSON. */
export type WebhookTables = {
  webhook: {
    id: string
    url: string
    /** The signing key in plain text, because every delivery needs it. */
    secret: string
    events: string
    active: number
    created_by: string
    created_at: number
  }
  /** One event for one hook, until it is delivered or given up; kept for a while for display. */
  delivery: {
    id: string
    hook_id: string
    event: string
    body: string
    created_at: number
    attempt: number
    status: number | null
    error: string | null
    next_at: number | null
    at: number
  }
}

export type HookRow = Selectable<WebhookTables['webhook']>
export type DeliveryRow = Selectable<WebhookTables['delivery']>

/** Creates the tables of webhooks, the same on both engines. */
export function webhookTableSteps(db: Kysely<WebhookTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('webhook')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('events', 'text', (column) => column.notNull())
      .addColumn('active', 'integer', (column) => column.notNull())
      .addColumn('created_by', key, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema
      .createTable('delivery')
      .addColumn('id', key, (column) => column.primaryKey())
      .addColumn('hook_id', key, (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('error', 'text')
      .addColumn('next_at', 'bigint')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .compile(),
    db.schema.createIndex('delivery_due').on('delivery').columns(['next_at', 'created_at']).compile(),
    db.schema.createIndex('delivery_by_hook').on('delivery').columns(['hook_id', 'created_at']).compile(),
  ]
}
