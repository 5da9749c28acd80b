import type { Kysely } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import { LOCK_OUT } from './sign-in-throttle.ts'

export type FailureRow = AccountTables['sign_in_failure']

type FailureRows = {
  /** When failures were counted under a key within the window, oldest first. */
  timesOf(key: string, within?: Kysely<AccountTables>): Promise<number[]>
  /** Whether a login signed in from an address before, see `knownKey`. */
  isKnown(key: string, within: Kysely<AccountTables>): Promise<boolean>
  /** Counts failures; those already counted stay as they are. */
  keep(rows: readonly FailureRow[], within?: Kysely<AccountTables>): Promise<unknown>
  remove(rows: readonly FailureRow[]): Promise<unknown>
  removeKeys(keys: readonly string[]): Promise<unknown>
  /** Removes what no longer counts. */
  forgetOld(): Promise<void>
}

/** The table of failed sign-in attempts, and of the addresses that are known for a login. */
export function failureRows(db: Kysely<AccountTables>, now: () => number): FailureRows {
  const failures = (within: Kysely<AccountTables>, key: string, since: number) =>
    within.selectFrom('sign_in_failure').where('key', '=', key).where('at', '>', since)
  return {
    async timesOf(key, within = db) {
      const rows = await failures(within, key, now() - LOCK_OUT.windowMs)
        .select('at')
        .orderBy('at')
        .execute()
      return rows.map(({ at }) => at)
    },
    async isKnown(key, within) {
      const known = await failures(within, key, now() - LOCK_OUT.knownMs)
        .select('id')
        .executeTakeFirst()
      return known !== undefined
    },
    keep: (rows, within = db) =>
      within
        .insertInto('sign_in_failure')
        .values(rows)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute(),
    remove: (rows) =>
      db
        .deleteFrom('sign_in_failure')
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute(),
    removeKeys: (keys) => db.deleteFrom('sign_in_failure').where('key', 'in', keys).execute(),
    async forgetOld() {
      await db
        .deleteFrom('sign_in_failure')
        .where('at', '<=', now() - LOCK_OUT.windowMs)
        .where('key', 'not like', 'known:%')
        .execute()
      await db
        .deleteFrom('sign_in_failure')
        .where('at', '<=', now() - LOCK_OUT.knownMs)
        .execute()
    },
  }
}
