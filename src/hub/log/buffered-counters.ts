import type { Transaction } from 'kysely'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'

/** The op counters of the devices that submit in one log transaction. */
export type BufferedCounters = {
  /**
   * Loads the op counters of these devices, for all members, and locks them: a copy of a device may be submitting at another node.
   * @param own the submitting devices
   */
  loadCounters(own: readonly { replicaId: string; memberId: string }[]): Promise<void>
  /** The op counter of a member's device; 0 when unknown. */
  counterOf(replicaId: string, memberId: string): number
  count(replicaId: string, memberId: string, counter: number): void
}

type Counter = { replica_id: string; member_id: string; counter: number; changed: boolean }

const nameOf = (replicaId: string, memberId: string) => `${replicaId}\n${memberId}`

export function bufferCounters(tx: Transaction<HubTables>, engine: Engine): BufferedCounters & { write(): Promise<void> } {
  const counters = new Map<string, Counter>()

  async function takeCounters(ids: readonly string[]): Promise<void> {
    const found = tx
      .selectFrom('replica_counter')
      .selectAll()
      .where(isOneOf(engine, 'replica_id', ids))
      .orderBy('replica_id')
      .orderBy('member_id')
    const rows = await (engine === 'postgres' ? found.forUpdate() : found).execute()
    for (const row of rows) counters.set(nameOf(row.replica_id, row.member_id), { ...row, changed: false })
  }

  return {
    async loadCounters(own) {
      const ids = [...new Set(own.map(({ replicaId }) => replicaId))].toSorted()
      if (ids.length === 0) return
      await takeCounters(ids)
      if (engine === 'sqlite') return
      const fresh = new Map(
        own.flatMap(({ replicaId, memberId }) =>
          counters.has(nameOf(replicaId, memberId))
            ? []
            : [[nameOf(replicaId, memberId), { replica_id: replicaId, member_id: memberId, counter: 0 }] as const],
        ),
      )
      if (fresh.size === 0) return
      // A row that does not exist cannot be locked.
      const rows = [...fresh].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
      for (const run of inRuns(rows))
        await tx
          .insertInto('replica_counter')
          .values(run)
          .onConflict((conflict) => conflict.columns(['replica_id', 'member_id']).doNothing())
          .execute()
      await takeCounters(ids)
    },
    counterOf: (replicaId, memberId) => counters.get(nameOf(replicaId, memberId))?.counter ?? 0,
    count(replicaId, memberId, counter) {
      counters.set(nameOf(replicaId, memberId), { replica_id: replicaId, member_id: memberId, counter, changed: true })
    },
    async write() {
      const rows = [...counters.values()].flatMap(({ changed, ...row }) => (changed ? [row] : []))
      for (const run of inRuns(rows)) {
        await tx
          .insertInto('replica_counter')
          .values(run)
          .onConflict((conflict) =>
            conflict.columns(['replica_id', 'member_id']).doUpdateSet((row) => ({ counter: row.ref('excluded.counter') })),
          )
          .execute()
      }
    },
  }
}
