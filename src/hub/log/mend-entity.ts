import { sql, type Kysely } from 'kysely'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { isEntityId } from '#domain/entity-ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { step } from '#domain/step.ts'
import type { Engine, EntityRow, HubTables } from '../database/hub-tables.ts'
import { toEntity } from './entity-row.ts'
import { readRecords } from './record-row.ts'
import { whyUnreadable, type UnreadableRows } from '../database/unreadable.ts'

const RECORDS_AT_ONCE = 1000

/** Folds an entity from its scope's log, ignoring the stored state. @returns undefined when the log does not yield one */
async function foldAnew(
  db: Kysely<HubTables>,
  engine: Engine,
  { kind, id, scope }: EntityRow,
  unreadable: UnreadableRows,
): Promise<Entity | undefined> {
  let entity: Entity | undefined
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('record')
      .selectAll()
      .where('scope', '=', scope)
      .where('seq', '>', after)
      .where(engine === 'postgres' ? sql<boolean>`position(${id} in bytes) > 0` : sql<boolean>`instr(bytes, ${id}) > 0`)
      .orderBy('seq')
      .limit(RECORDS_AT_ONCE)
      .execute()
    for (const record of readRecords(rows, unreadable)) {
      const parsed = record.outcome.kind === 'accepted' ? parseOp(record.bytes) : null
      if (parsed?.ok && parsed.op.entity.kind === kind && parsed.op.entity.id === id)
        entity = step(entity, parsed.op, appliedFromRecord(record, parsed.op))
    }
    const last = rows.at(-1)
    if (!last || rows.length < RECORDS_AT_ONCE) return entity
    after = last.seq
  }
}

/**
 * Reads an entity from its row. A corrupt row is treated as missing: the entity is rebuilt from the log, which is authoritative.
 * @returns the entity, and whether it was rebuilt; null when the log does not yield it either. Both cases are noted
 */
export async function readOrMend(
  db: Kysely<HubTables>,
  engine: Engine,
  row: EntityRow,
  unreadable: UnreadableRows,
): Promise<{ entity: Entity; mended: boolean } | null> {
  try {
    return { entity: toEntity(row), mended: false }
  } catch (error) {
    const noted = { place: 'entity', name: `${row.kind} ${row.id}`, why: whyUnreadable(error), kept: String(row.body) } as const
    // No current log entry can have such an ID; earlier versions accepted it, and it is left unchanged.
    const entity = isEntityId(row.kind, row.id) ? await foldAnew(db, engine, row, unreadable).catch(() => undefined) : undefined
    unreadable.note(entity ? { ...noted, mended: true } : noted)
    return entity ? { entity, mended: true } : null
  }
}
