import type { Kysely } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { writeSnapshotLine } from '#contract/snapshot-line.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { EntityRow, HubTables } from '../database/hub-tables.ts'
import { UnreadableRow, type UnreadableRows } from '../database/unreadable.ts'
import { toRow } from './entity-row.ts'
import { readOrMend } from './mend-entity.ts'

const WALK_ROWS = 1000

/** Reads the entities that the log has made, without regard to who may read them. */
export type StoredEntities = {
  /** @throws UnreadableRow when the entity exists but cannot be read, which differs from not existing */
  readEntity(kind: string, id: string): Promise<Entity | undefined>
  /**
   * Walks the entities of a scope at one moment, one snapshot line each.
   * @returns the head of the log at that moment
   * @throws UnreadableRow when an entity cannot be read: a snapshot without it would be a different state
   */
  walkScope(scope: string, each: (line: string) => Promise<void>): Promise<{ seq: number; hash: string }>
}

export function createStoredEntities({ engine, kysely, readAtOnce }: HubDatabase, unreadable: UnreadableRows): StoredEntities {
  async function entityFrom(row: EntityRow, at: Kysely<HubTables>): Promise<{ entity: Entity; mended: boolean }> {
    const read = await readOrMend(at, engine, row, unreadable)
    if (!read) throw new UnreadableRow(`${row.kind} ${row.id} cannot be read`)
    return read
  }

  return {
    async readEntity(kind, id) {
      const row = await kysely.selectFrom('entity').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()
      return row && (await entityFrom(row, kysely)).entity
    },
    walkScope: (scope, each) =>
      readAtOnce(async (tx) => {
        const head = await tx.selectFrom('scope_head').select(['seq', 'hash']).where('scope', '=', scope).executeTakeFirstOrThrow()
        for (let after: { kind: string; id: string } | null = null; ;) {
          const from: { kind: string; id: string } | null = after
          const rows: EntityRow[] = await tx
            .selectFrom('entity')
            .selectAll()
            .where('scope', '=', scope)
            .$if(from !== null, (query) =>
              query.where(({ eb, refTuple, tuple }) => eb(refTuple('kind', 'id'), '>', tuple(from?.kind ?? '', from?.id ?? ''))),
            )
            .orderBy('kind')
            .orderBy('id')
            .limit(WALK_ROWS)
            .execute()
          for (const row of rows) {
            const { entity, mended } = await entityFrom(row, tx)
            await each(writeSnapshotLine(row.kind, row.id, mended ? toRow(entity).body : row.body))
          }
          after = rows.at(-1) ?? null
          if (rows.length < WALK_ROWS) return head
        }
      }),
  }
}
