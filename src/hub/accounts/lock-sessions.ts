import type { Kysely } from 'kysely'
import { isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import type { AccountTables } from './account-tables.ts'

/**
 * Checks that these sessions are valid and locks them until the commit of a log transaction, which writes nothing after a revocation
 * was answered. A single-writer database needs no lock.
 * @param ids each once
 * @returns whether all of them are valid
 */
export async function lockSessions(tx: Kysely<HubTables>, engine: Engine, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const standing = tx
    .withTables<AccountTables>()
    .selectFrom('session')
    .select('id')
    .where(isOneOf(engine, 'id', ids.toSorted()))
    .where('revoked_at', 'is', null)
    .orderBy('id')
  const rows = await (engine === 'postgres' ? standing.forShare() : standing).execute()
  return rows.length === ids.length
}
