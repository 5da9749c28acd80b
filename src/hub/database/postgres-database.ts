import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { sqlState, UnfitDatabase } from './database-failure.ts'
import type { HubDatabase } from './hub-database.ts'
import { schemaStepsAfter, SCHEMA_VERSION } from './hub-schema.ts'
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
  /** Connections of this node at most. */
  connections?: number
  /** Left out, those that serve a team best. */
  limits?: PostgresLimits
  /** Told when a connection breaks: what it was about fails, the next query opens another. */
  onConnectionLost(error: Error): void
}

/** Any number would do; this one says what it locks, so that two nodes that start at once do not both make the tables. */
const SCHEMA_LOCK = 0x53_74_6f_72

/** A table or type of that name is there already, or lacks what the hub's own have. */
const FOREIGN: readonly string[] = ['42P07', '42710', '42703']

async function foundVersion(tx: Transaction<HubTables>): Promise<number> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('meta') is not null as there`.execute(tx)
  if (!rows[0]?.there) return 0
  const row = await tx.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst()
  return Number(row?.value ?? 0)
}

async function migrate(kysely: Kysely<HubTables>): Promise<PostgresTrouble | null> {
  return kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(tx)
    const found = await foundVersion(tx)
    if (found > SCHEMA_VERSION) return { kind: 'newer-version', found, supported: SCHEMA_VERSION }
    if (found === SCHEMA_VERSION) return null
    for (const step of schemaStepsAfter(found, kysely, 'postgres')) await tx.executeQuery(step)
    const value = String(SCHEMA_VERSION)
    await tx
      .insertInto('meta')
      .values({ key: 'schema', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    return null
  })
}

/** For work on a whole that may rest while files are written: it holds nothing that others write. */
const READING = sql`select set_config('idle_in_transaction_session_timeout', '60000', true), set_config('statement_timeout', '60000', true)`

/**
 * Opens a PostgreSQL database as the hub's, made ready and durable. Several hub nodes may open the same one.
 * @param ownNow this node's own clock, which is compared with the database's
 * @returns the database, or what is wrong with it; then no connection stays open
 */
export async function openPostgres(
  { url, connections = 10, limits, onConnectionLost }: PostgresOptions,
  ownNow: () => number,
): Promise<OpenedPostgres> {
  const urls = serversOf(url)
  const clock = createSharedClock()
  const making = new Kysely<HubTables>({
    dialect: new PostgresDialect({ pool: createPostgresPool({ urls, connections: 1, limits: null, onConnectionLost }) }),
  })
  try {
    const trouble = await migrate(making)
    if (trouble) return { ok: false, trouble }
    const asked = ownNow()
    const { rows } = await sql<{ at: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`.execute(making)
    clock.set(rows[0]?.at ?? asked, asked, ownNow())
  } catch (error) {
    if (error instanceof UnfitDatabase) return { ok: false, trouble: error.trouble }
    const detail = error instanceof Error ? error.message : String(error)
    if (FOREIGN.includes(sqlState(error) ?? '')) return { ok: false, trouble: { kind: 'foreign', detail } }
    // Nothing was asked of the data yet: whatever fails here, it is the way there or the right to it.
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
      // Two are left for those who read.
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
