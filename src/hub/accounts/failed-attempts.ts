import type { Kysely } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import { createCountingTurns } from './counting-turns.ts'
import { failureRows, type FailureRow } from './failure-rows.ts'
import { LOCK_OUT, lockedUntil, type LockOut } from './sign-in-throttle.ts'

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

const placeKey = (login: string, address: string) => `place:${login} ${address}`
const addressKey = (address: string) => `address:${address}`
const loginKey = (login: string) => `login:${login}`
const knownKey = (login: string, address: string) => `known:${login} ${address}`

/** The keys that an attempt is counted under. */
const keysOf = (login: string, address: string) => [placeKey(login, address), addressKey(address), loginKey(login)]

/**
 * Failed sign-in attempts, stored so that neither a restart nor another node resets them.
 * @param limits how many are allowed; window and memory are the same for all
 */
export function createFailedAttempts(
  db: Kysely<AccountTables>,
  edge: { now(): number; uuid(): string },
  limits: Pick<LockOut, 'perPlace' | 'perAddress' | 'perLogin'> = LOCK_OUT,
): FailedAttempts {
  const rows = failureRows(db, () => edge.now())
  const inTurn = createCountingTurns(db)

  /** The limits that apply to an attempt: keys and allowed failures. */
  async function boundsOf(login: string, address: string, within: Kysely<AccountTables>): Promise<{ key: string; allowed: number }[]> {
    const known = await rows.isKnown(knownKey(login, address), within)
    return [
      { key: placeKey(login, address), allowed: limits.perPlace },
      { key: addressKey(address), allowed: limits.perAddress },
      // Not applied at an address where the member has signed in before, so that attempts elsewhere do not lock them out.
      ...(known ? [] : [{ key: loginKey(login), allowed: limits.perLogin }]),
    ]
  }

  return {
    async begin(login: string, address: string): Promise<Attempt> {
      const keys = keysOf(login, address)
      const { until, counted } = await inTurn(keys, async (within) => {
        const now = edge.now()
        let latest = 0
        for (const { key, allowed } of await boundsOf(login, address, within))
          latest = Math.max(latest, lockedUntil(await rows.timesOf(key, within), allowed, now) ?? 0)
        const fresh = latest === 0 ? keys.map((key): FailureRow => ({ id: edge.uuid(), key, at: now })) : []
        if (fresh.length > 0) await rows.keep(fresh, within)
        return { until: latest === 0 ? null : latest, counted: fresh }
      })
      let wrong = false
      return {
        until,
        failed() {
          wrong = true
        },
        async end() {
          if (counted.length === 0) return
          if (wrong) {
            // A concurrent correct attempt may have cleared the login's failures.
            await rows.keep(counted)
            await rows.forgetOld()
          } else await rows.remove(counted)
        },
      }
    },
    lockedUntil: async (address: string): Promise<number | null> =>
      lockedUntil(await rows.timesOf(addressKey(address)), limits.perAddress, edge.now()),
    async clear(login: string, address: string): Promise<void> {
      const known = knownKey(login, address)
      await rows.removeKeys([placeKey(login, address), loginKey(login), known])
      await rows.keep([{ id: edge.uuid(), key: known, at: edge.now() }])
    },
  }
}
