import { Kysely, PostgresAdapter, sql, type RawBuilder } from 'kysely'
import Database from 'better-sqlite3'
import type { Db } from '#storage/open-database.ts'
import type { Engine, HubTables } from './hub-tables.ts'
import type { OtherNodes, SharedClock } from './postgres-watch.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** The hub's database, whichever engine keeps it. */
export type HubDatabase = {
  engine: Engine
  kysely: Kysely<HubTables>
  /** How many transactions may write side by side, each at scopes of its own. */
  writers: number
  /** Reads everything as it stands at one moment, however long it takes, and holds up nobody who writes. */
  readAtOnce<Found>(read: (at: Kysely<HubTables>) => Promise<Found>): Promise<Found>
  /** The clock that all nodes of the hub go by; null where this one goes by its own. */
  clock: SharedClock | null
  /** The other nodes of the hub; null where it is one process. */
  others: OtherNodes | null
  close(): Promise<void>
}

/** The hub's database over an open SQLite file. Whoever opened the file may go on using it for reading and for backups. */
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
    // Kysely closes only what it has used.
    close: () => {
      db.close()
      return Promise.resolve()
    },
  }
}

/** Which engine is behind a handle, for the few words that only one of them knows. */
export function engineOf(db: { getExecutor(): { adapter: unknown } }): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

/**
 * Whether a column holds one of these texts. The list is one parameter, so that the statement is the same whatever its length.
 */
export function isOneOf(engine: Engine, column: string, values: readonly string[]): RawBuilder<boolean> {
  if (engine === 'postgres') return sql<boolean>`${sql.ref(column)} = any(${values}::text[])`
  return sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
}

/** Runs of rows for inserts of several at once, in few lengths, so that few statements serve all. */
export function* inRuns<Row>(rows: readonly Row[]): Generator<Row[]> {
  let from = 0
  for (const length of [64, 8, 1]) {
    for (; rows.length - from >= length; from += length) yield rows.slice(from, from + length)
  }
}
