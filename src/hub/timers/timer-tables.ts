import { sql, type CompiledQuery, type Kysely } from 'kysely'
import { keyType, tableEnd } from '../database/columns.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'

/** Key in `meta` while the timers of data from earlier versions still have to be set. */
export const UNSETTLED_TIMERS = 'unsettledTimers'

/** The table of durable timers, indexed by those that have not fired. */
export function timerTableSteps(db: Kysely<HubTables>, engine: Engine): CompiledQuery[] {
  return [
    db.schema
      .createTable('timer')
      .addColumn('kind', keyType(engine), (column) => column.notNull())
      .addColumn('id', keyType(engine), (column) => column.notNull())
      .addColumn('rule', keyType(engine), (column) => column.notNull())
      .addColumn('about', keyType(engine), (column) => column.notNull())
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('claimed_until', 'bigint')
      .addColumn('claimed_by', 'text')
      .addColumn('fired_at', 'bigint')
      .addPrimaryKeyConstraint('timer_name', ['kind', 'id', 'rule', 'about'])
      .modifyEnd(tableEnd(engine))
      .compile(),
    sql`CREATE INDEX timer_due ON timer (due_at) WHERE fired_at IS NULL`.compile(db),
    settleTimersAgain(db),
  ]
}

/** Has the timers of existing incidents set when the hub starts, for a version that gives incidents new moments. */
export function settleTimersAgain(db: Kysely<HubTables>): CompiledQuery {
  return sql`INSERT INTO meta (key, value) SELECT ${sql.lit(UNSETTLED_TIMERS)}, 'yes' WHERE EXISTS (SELECT 1 FROM entity WHERE kind = 'incident') ON CONFLICT DO NOTHING`.compile(
    db,
  )
}
