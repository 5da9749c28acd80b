import { sql, type Kysely, type Transaction } from 'kysely'
import { isHeld } from './database-failure.ts'
import { engineOf } from './hub-database.ts'
import type { HubTables } from './hub-tables.ts'

/** A long log is thought over between two questions; nobody is served meanwhile. */
const THINKING = sql`select set_config('idle_in_transaction_session_timeout', '60000', true)`

/**
 * Does what a step of the schema has left to be settled when the hub begins, and takes the mark away with it. Of nodes that begin
 * at the same time one does it, and the others wait for that.
 * @param mark what stands in `meta` as long as it is to be done
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
      // Another node is at it; should it hang, the database ends its transaction.
      if (!isHeld(error)) throw error
    }
  }
}
