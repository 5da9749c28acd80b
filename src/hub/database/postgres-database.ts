import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { sqlState, UnfitDatabase } from './database-failure.ts'
import type { HubDatabase } from './hub-database.ts'
import type { HubSchema } from './schema-steps.ts'
import type { HubTables } from './hub-tables.ts'
import { serversOf } from './postgres-address.ts'
import { clientOptions, createPostgresPool, type PostgresLimits } from './postgres-pool.ts'
import type { PostgresTrouble } from './postgres-settings.ts'
import { createSharedClock, watchPostgres } from './postgres-watch.ts'

export type { PostgresTrouble }

export type OpenedPostgres = { ok: true; database: HubDatabase } | { ok: false; trouble: PostgresTrouble }

export type PostgresOptions = {
  /** `postgres://user:password@host:port/name`, or with several hosts and ports, see {@link serversOf}. */
  url: string
  /** Maximum number of connections of this node. */
  connections?: number
  /** Defaults to limits suited to a team. */
  limits?: PostgresLimits
  /** Called when a connection breaks: its query fails, and the next query opens another connection. */
  onConnectionLost(error: Error): void
}

/** An arbitrary number; this one names what it locks, so that two nodes starting at once do not both create the tables. */
const SCHEMA_LOCK = 0x53_74_6f_72

/** A table or type of that name already exists, or lacks the hub's columns. */
const FOREIGN: readonly string[] = ['42P07', '42710', '42703']

async function foundVersion(tx: Transaction<HubTables>): Promise<number> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('meta') is not null as there`.execute(tx)
  if (!rows[0]?.there) return 0
  const row = await tx.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst()
  return Number(row?.value ?? 0)
}

async function migrate(kysely: Kysely<HubTables>, { version, stepsAfter }: HubSchema): Promise<PostgresTrouble | null> {
  return kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(tx)
    const found = await foundVersion(tx)
    if (found > version) return { kind: 'newer-version', found, supported: version }
    if (found === version) return null
    for (const step of stepsAfter(found, kysely, 'postgres')) await tx.executeQuery(step)
    const value = String(version)
    await tx
      .insertInto('meta')
      .values({ key: 'schema', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    return null
  })
}

/** For consistent reads that may pause while files are written; they hold no locks that writers need. */
const READING = sql`select set_config('idle_in_transaction_session_timeout', '60000', true), set_config('statement_timeout', '60000', true)`

/**
 * Opens a PostgreSQL database as the hub's, with its schema current and its settings durable. Several nodes may open the same one.
 * @param schema the tables that the hub's features need
 * @param ownNow this node's own clock, which is compared with the database's
 * @returns the database, or what is wrong with it; then no connection stays open
 */
export async function openPostgres(
  { url, connections = 10, limits, onConnectionLost }: PostgresOptions,
  schema: HubSchema,
  ownNow: () => number,
): Promise<OpenedPostgres> {
  const urls = serversOf(url)
  const clock = createSharedClock()
  const making = new Kysely<HubTables>({
    dialect: new PostgresDialect({ pool: createPostgresPool({ urls, connections: 1, limits: null, onConnectionLost }) }),
  })
  try {
    const trouble = await migrate(making, schema)
    if (trouble) return { ok: false, trouble }
    const asked = ownNow()
    const { rows } = await sql<{ at: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`.execute(making)
    clock.set(rows[0]?.at ?? asked, asked, ownNow())
  } catch (error) {
    if (error instanceof UnfitDatabase) return { ok: false, trouble: error.trouble }
    const detail = error instanceof Error ? error.message : String(error)
    if (FOREIGN.includes(sqlState(error) ?? '')) return { ok: false, trouble: { kind: 'foreign', detail } }
    // No data was queried yet: any failure here is a connection or permission problem.
    return { ok: false, trouble: { kind: 'unreachable', detail } }
  } finally {
    await making.destroy()
  }
  const pool = createPostgresPool({ urls, connections, limits, onConnectionLost })
  const kysely = new Kysely<HubTables>({ dialect: new PostgresDialect({ pool }) })
  const watch = watchPostgres({
    servers: urls.map((one) => clientOptions(one, limits)),
    instance: randomUUID(),
    clock,
    ownNow,
    onSettings: pool.refuse,
  })
  return {
    ok: true,
    database: {
      engine: 'postgres',
      kysely,
      // Two connections are reserved for readers.
      writers: Math.max(1, connections - 2),
      readAtOnce: (read) =>
        kysely
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute(async (tx) => {
            await READING.execute(tx)
            return read(tx)
          }),
      clock,
      others: watch,
      async close() {
        await watch.close()
        await kysely.destroy()
      },
    },
  }
}
