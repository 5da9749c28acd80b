import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { HubDatabase } from './hub-database.ts'
import { schemaStepsAfter, SCHEMA_VERSION } from './hub-schema.ts'
import type { HubTables } from './hub-tables.ts'

/** Why a PostgreSQL database cannot serve as the hub's. */
export type PostgresTrouble =
  | { kind: 'unreachable'; detail: string }
  /** A setting under which an acknowledged op could be lost, or a text come back as another. */
  | { kind: 'not-durable'; setting: string; value: string }
  | { kind: 'read-only'; detail: string }
  | { kind: 'newer-version'; found: number; supported: number }

export type OpenedPostgres = { ok: true; database: HubDatabase } | { ok: false; trouble: PostgresTrouble }

export type PostgresOptions = {
  /** `postgres://user:password@host:port/name` */
  url: string
  /** Connections of this node; one of them writes, the others read. */
  connections?: number
  /** Told when a connection breaks: what it was about fails, the next query opens another. */
  onConnectionLost(error: Error): void
}

/** Any number would do; this one says what it locks, so that two nodes that start at once do not both make the tables. */
const SCHEMA_LOCK = 0x53_74_6f_72

const INT8 = 20

/** A node that hangs or is cut off must not hold the others' scopes, nor a dead server this node, milliseconds. */
const LIMITS = { connectionTimeoutMillis: 10_000, lock_timeout: 20_000, idle_in_transaction_session_timeout: 30_000, keepAlive: true }

/** Sequence numbers, times and sums all stay below 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

/** Settings under which a confirmed commit is on disk (D3), and under which every text of an op can be kept. */
const NEEDED: readonly [setting: string, mayBe: readonly string[]][] = [
  ['fsync', ['on']],
  ['full_page_writes', ['on']],
  ['synchronous_commit', ['on', 'local', 'remote_write', 'remote_apply']],
  ['server_encoding', ['UTF8']],
]

async function findWrongSetting(kysely: Kysely<HubTables>): Promise<PostgresTrouble | null> {
  for (const [setting, mayBe] of NEEDED) {
    const { rows } = await sql<{ value: string }>`select current_setting(${setting}) as value`.execute(kysely)
    const value = rows[0]?.value ?? ''
    if (!mayBe.includes(value)) return { kind: 'not-durable', setting, value }
  }
  const { rows } = await sql<{ standby: boolean; readOnly: string }>`select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as "readOnly"`.execute(kysely)
  if (rows[0]?.standby) return { kind: 'read-only', detail: 'a standby server' }
  return rows[0]?.readOnly === 'on' ? { kind: 'read-only', detail: 'default_transaction_read_only' } : null
}

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
    await tx.insertInto('meta').values({ key: 'schema', value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
    return null
  })
}

/**
 * Opens a PostgreSQL database as the hub's, made ready and durable. Several hub nodes may open the same one.
 * @returns the database, or what is wrong with it; then no connection stays open
 */
export async function openPostgres({ url, connections = 10, onConnectionLost }: PostgresOptions): Promise<OpenedPostgres> {
  const pool = new pg.Pool({ connectionString: url, max: connections, types: { getTypeParser: typeParser }, application_name: 'stormroom-hub', ...LIMITS })
  // The pool listens to idle connections alone, and one that breaks between two statements would end the process.
  pool.on('connect', (client) => client.on('error', onConnectionLost))
  pool.on('error', () => undefined)
  const kysely = new Kysely<HubTables>({ dialect: new PostgresDialect({ pool }) })
  const close = () => kysely.destroy()
  try {
    const trouble = (await findWrongSetting(kysely)) ?? (await migrate(kysely))
    if (!trouble) return { ok: true, database: { engine: 'postgres', kysely, readAtOnce: (read) => kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read), close } }
    await close()
    return { ok: false, trouble }
  } catch (error) {
    await close()
    // Nothing was asked of the data yet: whatever fails here, it is the way there or the right to it.
    return { ok: false, trouble: { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) } }
  }
}
