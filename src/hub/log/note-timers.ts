import type { Kysely } from 'kysely'
import { dueTimes, type DueTime } from '#domain/incidents/due-times.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'

const KIND = 'incident'

/** The due times of an entity. One written by a newer version may lack the fields that they are computed from. */
function momentsOf({ state }: Entity): DueTime[] {
  const incident = state as IncidentState
  return Array.isArray(incident.clocks) ? dueTimes(incident) : []
}

const nameOf = (id: string, { rule, about }: { rule: string; about: string }) => `${id} ${rule} ${about}`

/**
 * Sets the timers of entities according to their state: new and moved timers become pending, timers that no longer apply are
 * deleted, and the others stay unchanged, fired or not. Runs in the transaction that writes the entities and holds their scopes.
 */
export async function noteTimers(tx: Kysely<HubTables>, engine: Engine, entities: readonly Entity[]): Promise<void> {
  const waiting = entities.filter(({ kind }) => kind === KIND)
  if (waiting.length === 0) return
  const ids = waiting.map(({ id }) => id)
  const held = await tx
    .selectFrom('timer')
    .select(['id', 'rule', 'about', 'due_at'])
    .where('kind', '=', KIND)
    .where(isOneOf(engine, 'id', ids))
    .execute()
  const dueOf = new Map(held.map((row) => [nameOf(row.id, row), row.due_at]))
  const asked = waiting.flatMap((entity) =>
    momentsOf(entity).map(({ rule, about, dueAt }) => ({ kind: KIND, id: entity.id, rule, about, scope: entity.scope, due_at: dueAt })),
  )
  const names = new Set(asked.map((row) => nameOf(row.id, row)))
  for (const row of held) {
    if (names.has(nameOf(row.id, row))) continue
    await tx
      .deleteFrom('timer')
      .where('kind', '=', KIND)
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
