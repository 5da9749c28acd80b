import { sql, type Kysely } from 'kysely'
import { isHeld } from '../database/database-failure.ts'
import { engineOf } from '../database/hub-database.ts'
import type { AccountTables } from './account-tables.ts'
import { LOCK_OUT, lockedUntil, type LockOut } from './sign-in-throttle.ts'

/** How often a counter locked by another node is retried. */
const HELD_TRIES = 3

type Row = AccountTables['sign_in_failure']

/** An attempt in progress. */
export type Attempt = {
  /** Until when sign-in is locked; null when the attempt may proceed. */
  until: number | null
  /** Call when the credential was wrong. */
  failed(): void
  /** Call when the outcome is known, in every case. */
  end(): Promise<void>
}

export type FailedAttempts = {
  /**
   * Begins an attempt. It counts as failed at every node until it ends: concurrent attempts count like sequential ones, and an
   * interrupted attempt stays counted.
   */
  begin(login: string, address: string): Promise<Attempt>
  /** Until when an address is locked for every login; null when it is not. */
  lockedUntil: (address: string) => Promise<number | null>
  /**
   * A correct password clears the failures of its login from that address, not those of the address, which becomes known for the
   * login.
   */
  clear(login: string, address: string): Promise<void>
}

/**
 * Failed sign-in attempts, stored so that neither a restart nor another node resets them.
 * @param limits how many are allowed; window and memory are the same for all
 */
export function createFailedAttempts(
  db: Kysely<AccountTables>,
  edge: { now(): number; uuid(): string },
  limits: Pick<LockOut, 'perPlace' | 'perAddress' | 'perLogin'> = LOCK_OUT,
): FailedAttempts {
  let last: Promise<unknown> = Promise.resolve()

  async function timesOf(key: string, within: Kysely<AccountTables> = db): Promise<number[]> {
    const rows = await within
      .selectFrom('sign_in_failure')
      .select('at')
      .where('key', '=', key)
      .where('at', '>', edge.now() - LOCK_OUT.windowMs)
      .orderBy('at')
      .execute()
    return rows.map(({ at }) => at)
  }

  const keep = (rows: readonly Row[], within: Kysely<AccountTables> = db) =>
    within
      .insertInto('sign_in_failure')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()

  async function forgetOld(): Promise<void> {
    await db
      .deleteFrom('sign_in_failure')
      .where('at', '<=', edge.now() - LOCK_OUT.windowMs)
      .where('key', 'not like', 'known:%')
      .execute()
    await db
      .deleteFrom('sign_in_failure')
      .where('at', '<=', edge.now() - LOCK_OUT.knownMs)
      .execute()
  }

  async function locked<Value>(keys: readonly string[], work: (within: Kysely<AccountTables>) => Promise<Value>): Promise<Value> {
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

  /** Serializes counting per key across nodes; within this node all counting is serialized and uses one connection. */
  function inTurn<Value>(keys: readonly string[], work: (within: Kysely<AccountTables>) => Promise<Value>): Promise<Value> {
    const mine = last.then(() => locked(keys, work))
    last = mine.catch(() => null)
    return mine
  }

  const placeKey = (login: string, address: string) => `place:${login} ${address}`
  const knownKey = (login: string, address: string) => `known:${login} ${address}`

  /** The keys that an attempt is counted under. */
  const keysOf = (login: string, address: string) => [placeKey(login, address), `address:${address}`, `login:${login}`]

  /** The limits that apply to an attempt: keys and allowed failures. */
  async function boundsOf(login: string, address: string, within: Kysely<AccountTables>): Promise<{ key: string; allowed: number }[]> {
    const known = await within
      .selectFrom('sign_in_failure')
      .select('id')
      .where('key', '=', knownKey(login, address))
      .where('at', '>', edge.now() - LOCK_OUT.knownMs)
      .executeTakeFirst()
    return [
      { key: placeKey(login, address), allowed: limits.perPlace },
      { key: `address:${address}`, allowed: limits.perAddress },
      // Not applied at an address where the member has signed in before, so that attempts elsewhere do not lock them out.
      ...(known ? [] : [{ key: `login:${login}`, allowed: limits.perLogin }]),
    ]
  }

  return {
    async begin(login: string, address: string): Promise<Attempt> {
      const keys = keysOf(login, address)
      const { until, rows } = await inTurn(keys, async (within) => {
        const now = edge.now()
        let latest = 0
        for (const { key, allowed } of await boundsOf(login, address, within))
          latest = Math.max(latest, lockedUntil(await timesOf(key, within), allowed, now) ?? 0)
        const counted = latest === 0 ? keys.map((key): Row => ({ id: edge.uuid(), key, at: now })) : []
        if (counted.length > 0) await keep(counted, within)
        return { until: latest === 0 ? null : latest, rows: counted }
      })
      let wrong = false
      return {
        until,
        failed() {
          wrong = true
        },
        async end() {
          if (rows.length === 0) return
          if (wrong) {
            // A concurrent correct attempt may have cleared the login's failures.
            await keep(rows)
            await forgetOld()
          } else
            await db
              .deleteFrom('sign_in_failure')
              .where(
                'id',
                'in',
                rows.map(({ id }) => id),
              )
              .execute()
        },
      }
    },
    lockedUntil: async (address: string): Promise<number | null> =>
      lockedUntil(await timesOf(`address:${address}`), limits.perAddress, edge.now()),
    async clear(login: string, address: string): Promise<void> {
      const known = knownKey(login, address)
      await db
        .deleteFrom('sign_in_failure')
        .where('key', 'in', [placeKey(login, address), `login:${login}`, known])
        .execute()
      await db.insertInto('sign_in_failure').values({ id: edge.uuid(), key: known, at: edge.now() }).execute()
    },
  }
}
