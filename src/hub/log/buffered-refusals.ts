import type { Transaction } from 'kysely'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import type { RefusedTally } from './refused-texts.ts'

/** How much refused text of each member is kept, as one log transaction has changed it so far. */
export type BufferedRefusals = {
  wantRefused(memberId: string): void
  /** How much refused text of a member is kept; must have been requested. */
  refusedOf(memberId: string): RefusedTally
  /** Counts one more kept text. */
  keepRefused(memberId: string, text: string): void
}

const NOTHING: RefusedTally = { count: 0, length: 0 }

export function bufferRefusals(
  tx: Transaction<HubTables>,
  engine: Engine,
): BufferedRefusals & { load(): Promise<void>; write(): Promise<void> } {
  const tallies = new Map<string, RefusedTally & { changed: boolean }>()
  const wanted = new Set<string>()
  const refusedOf = (memberId: string) => tallies.get(memberId) ?? NOTHING
  return {
    wantRefused(memberId) {
      if (!tallies.has(memberId)) wanted.add(memberId)
    },
    refusedOf,
    keepRefused(memberId, text) {
      const { count, length } = refusedOf(memberId)
      tallies.set(memberId, { count: count + 1, length: length + text.length, changed: true })
    },
    async load() {
      const ids = [...wanted]
      wanted.clear()
      if (ids.length === 0) return
      const rows = await tx
        .selectFrom('refused_text')
        .selectAll()
        .where(isOneOf(engine, 'member_id', ids))
        .execute()
      for (const { member_id: id, count, length } of rows) tallies.set(id, { count, length, changed: false })
    },
    async write() {
      const rows = [...tallies].flatMap(([id, { count, length, changed }]) => (changed ? [{ member_id: id, count, length }] : []))
      for (const run of inRuns(rows)) {
        await tx
          .insertInto('refused_text')
          .values(run)
          .onConflict((conflict) =>
            conflict.column('member_id').doUpdateSet((row) => ({ count: row.ref('excluded.count'), length: row.ref('excluded.length') })),
          )
          .execute()
      }
    },
  }
}
