import type { Kysely } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import { LOCK_OUT, lockedUntil } from './lock-out.ts'

/** Failed attempts at the door, kept so that a restart does not forgive them. */
export function createFailuresKept(db: Kysely<AccountTables>, edge: { now(): number; uuid(): string }) {
  async function timesOf(key: string): Promise<number[]> {
    const rows = await db.selectFrom('sign_in_failure').select('at').where('key', '=', key).where('at', '>', edge.now() - LOCK_OUT.windowMs).orderBy('at').execute()
    return rows.map(({ at }) => at)
  }

  const underWay = new Map<string, number>()

  return {
    /**
     * Begins an attempt. Those under way count as failed ones: many sent at once are no more than one after the other.
     * @returns until when it has to wait instead, or null; `end` is called when its outcome is noted
     */
    async begin(login: string, address: string): Promise<{ until: number | null; end(): void }> {
      const now = edge.now()
      const bounds = [{ key: `login:${login}`, allowed: LOCK_OUT.perLogin }, { key: `address:${address}`, allowed: LOCK_OUT.perAddress }]
      const before = bounds.map(({ key }) => underWay.get(key) ?? 0)
      for (const { key } of bounds) underWay.set(key, (underWay.get(key) ?? 0) + 1)
      const end = () => {
        for (const { key } of bounds.splice(0)) {
          const left = (underWay.get(key) ?? 1) - 1
          if (left > 0) underWay.set(key, left)
          else underWay.delete(key)
        }
      }
      try {
        const untils = await Promise.all(bounds.map(async ({ key, allowed }, index) => lockedUntil([...(await timesOf(key)), ...Array.from({ length: before[index] ?? 0 }, () => now)], allowed, now) ?? 0))
        const until = Math.max(...untils)
        if (until === 0) return { until: null, end }
        end()
        return { until, end }
      } catch (error) {
        end()
        throw error
      }
    },
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
