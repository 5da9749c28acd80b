import { sql, type Kysely, type Transaction } from 'kysely'
import { isHeld } from './database-failure.ts'
import { engineOf } from './hub-database.ts'
import type { HubTables } from './hub-tables.ts'

/** A long log takes time to process between two queries; the hub serves no one meanwhile. */
const THINKING = sql`select set_config('idle_in_transaction_session_timeout', '60000', true)`

/**
 * Runs a data migration that a schema step left for the start of the hub, and deletes its mark. If several nodes start at once, one
 * runs it and the others wait.
 * @param mark the key in `meta` that exists until the migration has run
 */
export async function settleOnce(
  kysely: Kysely<HubTables>,
  mark: string,
  settle: (tx: Transaction<HubTables>) => Promise<void>,
): Promise<void> {
  const postgres = engineOf(kysely) === 'postgres'
  const isMarked = (at: Kysely<HubTables>) => at.selectFrom('meta').select('value').where('key', '=', mark)
  while (await isMarked(kysely).executeTakeFirst()) {
    try {
      await kysely
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (tx) => {
          if (postgres) await THINKING.execute(tx)
          const marked = isMarked(tx)
          if (!(await (postgres ? marked.forUpdate() : marked).executeTakeFirst())) return
          await settle(tx)
          await tx.deleteFrom('meta').where('key', '=', mark).execute()
        })
    } catch (error) {
      // Another node runs it; if that node hangs, the database ends its transaction.
      if (!isHeld(error)) throw error
    }
  }
}
