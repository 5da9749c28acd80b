import type { Kysely } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { MOMENT_KINDS, momentsOf } from '#domain/moments/moment-sources.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'

const nameOf = (id: string, { rule, about }: { rule: string; about: string }) => `${id} ${rule} ${about}`

/**
 * Sets the timers of entities according to their state: new and moved timers become pending, timers that no longer apply are
 * deleted, and the others stay unchanged, fired or not. Runs in the transaction that writes the entities and holds their scopes.
 */
export async function noteTimers(tx: Kysely<HubTables>, engine: Engine, entities: readonly Entity[]): Promise<void> {
  for (const kind of MOMENT_KINDS)
    await noteTimersOf(
      tx,
      engine,
      kind,
      entities.filter((entity) => entity.kind === kind),
    )
}

async function noteTimersOf(tx: Kysely<HubTables>, engine: Engine, kind: string, waiting: readonly Entity[]): Promise<void> {
  if (waiting.length === 0) return
  const ids = waiting.map(({ id }) => id)
  const held = await tx
    .selectFrom('timer')
    .select(['id', 'rule', 'about', 'due_at'])
    .where('kind', '=', kind)
    .where(isOneOf(engine, 'id', ids))
    .execute()
  const dueOf = new Map(held.map((row) => [nameOf(row.id, row), row.due_at]))
  const asked = waiting.flatMap((entity) =>
    momentsOf(entity).map(({ rule, about, dueAt }) => ({ kind, id: entity.id, rule, about, scope: entity.scope, due_at: dueAt })),
  )
  const names = new Set(asked.map((row) => nameOf(row.id, row)))
  for (const row of held) {
    if (names.has(nameOf(row.id, row))) continue
    await tx
      .deleteFrom('timer')
      .where('kind', '=', kind)
      .where('id', '=', row.id)
      .where('rule', '=', row.rule)
      .where('about', '=', row.about)
      .execute()
  }
  for (const run of inRuns(asked.filter((row) => dueOf.get(nameOf(row.id, row)) !== row.due_at)))
    await tx
      .insertInto('timer')
      .values(run)
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'id', 'rule', 'about'])
          .doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at'), claimed_until: null, claimed_by: null, fired_at: null })),
      )
      .execute()
}
