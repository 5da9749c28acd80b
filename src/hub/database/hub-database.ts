import { Kysely, PostgresAdapter, sql, type RawBuilder } from 'kysely'
import Database from 'better-sqlite3'
import type { Db } from '#storage/open-database.ts'
import type { Engine, HubTables } from './hub-tables.ts'
import type { OtherNodes, SharedClock } from './postgres-watch.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** The hub's database, independent of the engine. */
export type HubDatabase = {
  engine: Engine
  kysely: Kysely<HubTables>
  /** How many transactions may write concurrently, each to its own scopes. */
  writers: number
  /** Reads a consistent state of one moment, for any length of time, without blocking writers. */
  readAtOnce<Found>(read: (at: Kysely<HubTables>) => Promise<Found>): Promise<Found>
  /** The clock shared by all nodes of the hub; null when this node uses its own. */
  clock: SharedClock | null
  /** The other nodes of the hub; null for a single process. */
  others: OtherNodes | null
  close(): Promise<void>
}

/** The hub's database over an open SQLite file. The caller may keep using the file for reading and backups. */
export function sqliteHubDatabase(db: Db): HubDatabase {
  const kysely = new Kysely<HubTables>({ dialect: sqliteDialect(db) })
  return {
    engine: 'sqlite',
    kysely,
    writers: 1,
    clock: null,
    others: null,
    async readAtOnce(read) {
      const apart = new Database(db.name, { readonly: true })
      try {
        return await new Kysely<HubTables>({ dialect: sqliteDialect(apart, 'DEFERRED') }).transaction().execute(read)
      } finally {
        apart.close()
      }
    },
    // Kysely closes a driver only if it was used.
    close: () => {
      db.close()
      return Promise.resolve()
    },
  }
}

/** The engine behind a handle, for engine-specific SQL. */
export function engineOf(db: { getExecutor(): { adapter: unknown } }): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

/** Whether a column holds one of these texts. The list is one parameter, so that the statement is the same for any length. */
export function isOneOf(engine: Engine, column: string, values: readonly string[]): RawBuilder<boolean> {
  if (engine === 'postgres') return sql<boolean>`${sql.ref(column)} = any(${values}::text[])`
  return sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
}

/** Splits rows into batches for multi-row inserts; few batch sizes, so that few statements are prepared. */
export function* inRuns<Row>(rows: readonly Row[]): Generator<Row[]> {
  let from = 0
  for (const length of [64, 8, 1]) {
    for (; rows.length - from >= length; from += length) yield rows.slice(from, from + length)
  }
}
