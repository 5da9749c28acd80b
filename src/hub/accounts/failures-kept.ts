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

  const placeKey = (login: string, address: string) => `place:${login} ${address}`
  const knownKey = (login: string, address: string) => `known:${login} ${address}`

  /** What an attempt is counted under, and how many of each are let through. */
  async function boundsOf(login: string, address: string): Promise<{ key: string; allowed: number }[]> {
    const known = await db.selectFrom('sign_in_failure').select('id').where('key', '=', knownKey(login, address)).where('at', '>', edge.now() - LOCK_OUT.knownMs).executeTakeFirst()
    return [
      { key: placeKey(login, address), allowed: LOCK_OUT.perPlace },
      { key: `address:${address}`, allowed: LOCK_OUT.perAddress },
      // Where a member has come in from before, strangers elsewhere do not count.
      ...(known ? [] : [{ key: `login:${login}`, allowed: LOCK_OUT.perLogin }]),
    ]
  }

  return {
    /**
     * Begins an attempt. Those under way count as failed ones: many sent at once are no more than one after the other.
     * @returns until when it has to wait instead, or null; `end` is called when its outcome is noted
     */
    async begin(login: string, address: string): Promise<{ until: number | null; end(): void }> {
      const now = edge.now()
      const bounds = await boundsOf(login, address)
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
    /** Until when this address has to wait, whatever the name; null when it may try. */
    lockedUntil: async (address: string): Promise<number | null> => lockedUntil(await timesOf(`address:${address}`), LOCK_OUT.perAddress, edge.now()),
    async note(login: string, address: string): Promise<void> {
      const at = edge.now()
      await db.deleteFrom('sign_in_failure').where('at', '<=', at - LOCK_OUT.windowMs).where('key', 'not like', 'known:%').execute()
      await db.deleteFrom('sign_in_failure').where('at', '<=', at - LOCK_OUT.knownMs).execute()
      await db
        .insertInto('sign_in_failure')
        .values([placeKey(login, address), `login:${login}`, `address:${address}`].map((key) => ({ id: edge.uuid(), key, at })))
        .execute()
    },
    /** A right password clears its name where it came from, not the address; from there it is known from here on. */
    async clear(login: string, address: string): Promise<void> {
      const known = knownKey(login, address)
      await db.deleteFrom('sign_in_failure').where('key', 'in', [placeKey(login, address), `login:${login}`, known]).execute()
      await db.insertInto('sign_in_failure').values({ id: edge.uuid(), key: known, at: edge.now() }).execute()
    },
  }
}

export type FailuresKept = ReturnType<typeof createFailuresKept>
