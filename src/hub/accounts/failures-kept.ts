import type { Kysely } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import { LOCK_OUT, lockedUntil } from './lock-out.ts'

/** Failed attempts at the door, kept so that a restart does not forgive them. */
export function createFailuresKept(db: Kysely<AccountTables>, edge: { now(): number; uuid(): string }) {
  async function timesOf(key: string): Promise<number[]> {
    const rows = await db.selectFrom('sign_in_failure').select('at').where('key', '=', key).where('at', '>', edge.now() - LOCK_OUT.windowMs).orderBy('at').execute()
    return rows.map(({ at }) => at)
  }

  return {
    /** Until when this name or this address has to wait; null when it may try. */
    async lockedUntil(login: string, address: string): Promise<number | null> {
      const now = edge.now()
      const byLogin = lockedUntil(await timesOf(`login:${login}`), LOCK_OUT.perLogin, now)
      const byAddress = lockedUntil(await timesOf(`address:${address}`), LOCK_OUT.perAddress, now)
      return byLogin === null && byAddress === null ? null : Math.max(byLogin ?? 0, byAddress ?? 0)
    },
    async note(login: string, address: string): Promise<void> {
      const at = edge.now()
      await db.deleteFrom('sign_in_failure').where('at', '<=', at - LOCK_OUT.windowMs).execute()
      await db
        .insertInto('sign_in_failure')
        .values([`login:${login}`, `address:${address}`].map((key) => ({ id: edge.uuid(), key, at })))
        .execute()
    },
    /** A right password clears its name, not its address. */
    async clear(login: string): Promise<void> {
      await db.deleteFrom('sign_in_failure').where('key', '=', `login:${login}`).execute()
    },
  }
}

export type FailuresKept = ReturnType<typeof createFailuresKept>
