import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Answers of the API that are kept. None of it is in the log. Times are milliseconds since 1970. */
export type ApiTables = {
  /** Answers to requests with an Idempotency-Key; while `status` is null, the request is still running. */
  api_answer: { token_id: string; key: string; fingerprint: string; status: number | null; body: string; at: number }
}

/** Creates the table of stored answers, the same on both engines. */
export function apiTableSteps(db: Kysely<ApiTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('api_answer')
      .addColumn('token_id', key, (column) => column.notNull())
      .addColumn('key', key, (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('api_answer_name', ['token_id', 'key'])
      .compile(),
  ]
}
