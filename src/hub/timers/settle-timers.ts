import type { Entity } from '#domain/log/entity.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { EntityRow } from '../database/hub-tables.ts'
import { settleOnce } from '../database/settle-once.ts'
import { readOrMend } from '../log/mend-entity.ts'
import { noteTimers } from '../log/note-timers.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { UNSETTLED_TIMERS } from './timer-tables.ts'

const ROWS = 500

/**
 * Earlier versions had no timers: sets those of existing incidents once, from their state, or from the log when the state is
 * unreadable. Timers already due then fire.
 */
export async function settleTimers({ kysely, engine }: HubDatabase, unreadable: UnreadableRows): Promise<void> {
  await settleOnce(kysely, UNSETTLED_TIMERS, async (tx) => {
    for (let after = ''; ;) {
      const rows: EntityRow[] = await tx
        .selectFrom('entity')
        .selectAll()
        .where('kind', '=', 'incident')
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS)
        .execute()
      const entities: Entity[] = []
      for (const row of rows) {
        const read = await readOrMend(tx, engine, row, unreadable)
        if (read) entities.push(read.entity)
      }
      await noteTimers(tx, engine, entities)
      const last = rows.at(-1)
      if (!last || rows.length < ROWS) return
      after = last.id
    }
  })
}
