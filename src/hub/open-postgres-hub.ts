import { randomUUID } from 'node:crypto'
import { openPostgres, type PostgresOptions, type PostgresTrouble } from './database/postgres-database.ts'
import { HUB_STEPS } from './hub-schema.ts'
import { createHub, type Hub } from './open-hub.ts'

export type OpenedPostgresHub = { ok: true; hub: Hub } | { ok: false; trouble: PostgresTrouble }

/**
 * Opens a node of the hub over a PostgreSQL database, which other nodes may have open as well.
 * @param now this node's own clock
 * @param followClock whether the hub uses the database's clock instead, as several nodes of one hub must
 */
export async function openPostgresHub(options: PostgresOptions, now: () => number, followClock = false): Promise<OpenedPostgresHub> {
  const opened = await openPostgres(options, HUB_STEPS, now)
  if (!opened.ok) return opened
  const { database } = opened
  await database.kysely
    .insertInto('meta')
    .values({ key: 'epoch', value: randomUUID() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const clock = followClock ? database.clock : null
  return { ok: true, hub: createHub({ ...database, clock }, clock ? () => clock.at(now()) : now) }
}
