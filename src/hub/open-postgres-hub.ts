import { randomUUID } from 'node:crypto'
import { openPostgres, type PostgresOptions, type PostgresTrouble } from './database/postgres-database.ts'
import { createHub, type Hub } from './open-hub.ts'

export type OpenedPostgresHub = { ok: true; hub: Hub } | { ok: false; trouble: PostgresTrouble }

/** Opens a node of the hub over a PostgreSQL database, which other nodes may have open as well. */
export async function openPostgresHub(options: PostgresOptions, now: () => number): Promise<OpenedPostgresHub> {
  const opened = await openPostgres(options)
  if (!opened.ok) return opened
  const { database } = opened
  await database.kysely.insertInto('meta').values({ key: 'epoch', value: randomUUID() }).onConflict((conflict) => conflict.column('key').doNothing()).execute()
  return { ok: true, hub: createHub(database, now) }
}
