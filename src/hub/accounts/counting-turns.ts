import { sql, type Kysely } from 'kysely'
import { isHeld } from '../database/database-failure.ts'
import { engineOf } from '../database/hub-database.ts'

/** How often a counter locked by another node is retried. */
const HELD_TRIES = 3

/** Runs work alone among all work under the same keys, in one transaction. */
export type CountingTurns<Tables> = <Value>(keys: readonly string[], work: (within: Kysely<Tables>) => Promise<Value>) => Promise<Value>

/** Serializes counting per key across nodes; within this node all counting is serialized and uses one connection. */
export function createCountingTurns<Tables>(db: Kysely<Tables>): CountingTurns<Tables> {
  let last: Promise<unknown> = Promise.resolve()
  return (keys, work) => {
    const mine = last.then(() => locked(db, keys, work))
    last = mine.catch(() => null)
    return mine
  }
}

async function locked<Tables, Value>(
  db: Kysely<Tables>,
  keys: readonly string[],
  work: (within: Kysely<Tables>) => Promise<Value>,
): Promise<Value> {
  const locks = keys.toSorted().map((key) => sql`pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (tx) => {
        if (engineOf(db) === 'postgres') await sql`select ${sql.join(locks)}`.execute(tx)
        return work(tx)
      })
    } catch (error) {
      if (attempt === HELD_TRIES || !isHeld(error)) throw error
    }
  }
}
