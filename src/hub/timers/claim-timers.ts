import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely'
import { MOMENT_RULES, type MomentRule } from '#domain/notices/moment.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { HubTables } from '../database/hub-tables.ts'

/** How long a claim lasts, milliseconds: much longer than firing takes, and short for other nodes that wait. */
export const LEASE_MS = 10_000
const BATCH = 50

type TimerRow = Selectable<HubTables['timer']>

/** A timer claimed by a node for a limited time. */
export type ClaimedTimer = FoundTimer & { claimed_by: string }
/** A timer of a rule that this version knows. */
export type FoundTimer = Pick<TimerRow, 'kind' | 'id' | 'about' | 'scope' | 'due_at'> & { rule: MomentRule }

type Where = ExpressionBuilder<HubTables, 'timer'>

export const isTimer =
  ({ kind, id, rule, about }: Pick<ClaimedTimer, 'kind' | 'id' | 'rule' | 'about'>) =>
  (where: Where): Expression<SqlBool> =>
    where.and({ kind, id, rule, about })

/** Selects timers that are not fired, and not claimed, or whose claim has expired. */
const isUnclaimed =
  (now: number) =>
  (where: Where): Expression<SqlBool> =>
    where.and([
      where('fired_at', 'is', null),
      where.or([
        where('claimed_until', 'is', null),
        where('claimed_until', '<=', now),
        // The claim was made before the clock was set back.
        where('claimed_until', '>', now + LEASE_MS),
      ]),
    ])

/** Selects unclaimed timers of a known rule version that are due. */
const isFree =
  (now: number) =>
  (where: Where): Expression<SqlBool> =>
    where.and([isUnclaimed(now)(where), where('due_at', '<=', now), where('rule', 'in', MOMENT_RULES)])

const freeTimers = (db: Kysely<HubTables>, now: number) =>
  db.selectFrom('timer').select(['kind', 'id', 'rule', 'about', 'scope', 'due_at']).where(isFree(now)).orderBy('due_at').orderBy('id')

/**
 * Claims due timers for one node, the earliest first, up to a limit. Timers that another node claims at the same moment are
 * skipped.
 * @param by the node, see `Hub.instance`
 * @param now by the hub's clock, milliseconds since 1970
 */
export async function claimTimers({ kysely, engine }: HubDatabase, by: string, now: number): Promise<ClaimedTimer[]> {
  // Usually none is due; this check takes no write lock.
  if (!(await freeTimers(kysely, now).limit(1).executeTakeFirst())) return []
  return kysely
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      const free = freeTimers(tx, now).limit(BATCH)
      const rows = await (engine === 'postgres' ? free.forUpdate().skipLocked() : free).execute()
      const claimed = rows.map((row) => ({ ...row, rule: row.rule as MomentRule, claimed_by: by }))
      for (const timer of claimed)
        await tx
          .updateTable('timer')
          .set({ claimed_by: by, claimed_until: now + LEASE_MS })
          .where(isTimer(timer))
          .execute()
      return claimed
    })
}

/**
 * Claims timers that a wrong clock has set too far ahead; the caller has found that they are.
 * @returns those that no other node has claimed, moved or fired
 */
export async function claimAstray({ kysely }: HubDatabase, by: string, now: number, found: readonly FoundTimer[]): Promise<ClaimedTimer[]> {
  const claimed: ClaimedTimer[] = []
  for (const timer of found) {
    const { numUpdatedRows } = await kysely
      .updateTable('timer')
      .set({ claimed_by: by, claimed_until: now + LEASE_MS })
      .where(isTimer(timer))
      .where('due_at', '=', timer.due_at)
      .where(isUnclaimed(now))
      .executeTakeFirst()
    if (numUpdatedRows > 0) claimed.push({ ...timer, claimed_by: by })
  }
  return claimed
}

/** Releases claimed timers that could not be fired. */
export async function releaseTimers({ kysely }: HubDatabase, timers: readonly ClaimedTimer[]): Promise<void> {
  for (const timer of timers)
    await kysely
      .updateTable('timer')
      .set({ claimed_by: null, claimed_until: null })
      .where(isTimer(timer))
      .where('claimed_by', '=', timer.claimed_by)
      .where('fired_at', 'is', null)
      .execute()
}
