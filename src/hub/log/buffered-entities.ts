import { sql, type Transaction } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { isStorable } from '#domain/log/storable-text.ts'
import { REVEAL } from '#domain/privacy/reveal-entity.ts'
import { revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { LATEST_REVEALS, type RevealState } from '#domain/privacy/reveal.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, EntityRow, HubTables } from '../database/hub-tables.ts'
import { UnreadableRow, type UnreadableRows } from '../database/unreadable.ts'
import { toRow } from './entity-row.ts'
import { NotLoaded } from './loading.ts'
import { readOrMend } from './mend-entity.ts'

/** Another node created the same entity in another scope at the same time: nothing was written; the submission is judged again. */
export class EntityTaken extends Error {
  override readonly name = 'EntityTaken'
}

/** The entities of one log transaction, as it has changed them so far. */
export type BufferedEntities = {
  wantEntity(kind: string, id: string): void
  /**
   * @throws UnreadableRow when the entity exists but cannot be read, which differs from not existing
   * @throws NotLoaded
   */
  entity(kind: string, id: string): Entity | undefined
  change(entity: Entity): void
  /** The ids of all members, including those of this transaction. @throws NotLoaded */
  memberIds(): string[]
  /** When a member recently revealed, in all scopes, including reveals of this transaction. @throws NotLoaded */
  reveals(memberId: string): number[]
}

export type EntityBuffer = BufferedEntities & {
  load(): Promise<void>
  /** Writes the changed entities. @returns them. @throws EntityTaken */
  write(): Promise<Entity[]>
}

/** `unreadable`: the entity exists but cannot be read. */
type Slot = { entity: Entity | undefined; changed: boolean; unreadable?: true }

const nameOf = (kind: string, id: string) => `${kind}\n${id}`

export function bufferEntities(tx: Transaction<HubTables>, engine: Engine, unreadable: UnreadableRows): EntityBuffer {
  const entities = new Map<string, Slot>()
  const wanted = new Map<string, Set<string>>()
  const reveals = new Map<string, readonly Entity<RevealState>[] | null>()
  let members: 'unknown' | 'wanted' | readonly string[] = 'unknown'

  function wantEntity(kind: string, id: string): void {
    if (entities.has(nameOf(kind, id)) || !isStorable(kind) || !isStorable(id)) return
    const ids = wanted.get(kind)
    if (ids) ids.add(id)
    else wanted.set(kind, new Set([id]))
  }

  const changed = () => [...entities.values()].flatMap((slot) => (slot.changed && slot.entity ? [slot.entity] : []))

  async function loadEntities(): Promise<void> {
    const groups = [...wanted]
    wanted.clear()
    for (const [kind, ids] of groups) {
      for (const id of ids) entities.set(nameOf(kind, id), { entity: undefined, changed: false })
      const rows = await tx
        .selectFrom('entity')
        .selectAll()
        .where('kind', '=', kind)
        .where(isOneOf(engine, 'id', [...ids]))
        .execute()
      for (const row of rows) {
        const read = await readOrMend(tx, engine, row, unreadable)
        entities.set(
          nameOf(kind, row.id),
          read ? { entity: read.entity, changed: read.mended } : { entity: undefined, changed: false, unreadable: true },
        )
      }
    }
  }

  async function loadMembers(): Promise<void> {
    if (members !== 'wanted') return
    const rows = await tx.selectFrom('entity').select('id').where('kind', '=', 'member').execute()
    members = rows.map(({ id }) => id)
    // Whoever asks for their ids reads them next.
    for (const id of members) wantEntity('member', id)
  }

  async function loadReveals(): Promise<void> {
    for (const [memberId, known] of reveals) {
      if (known !== null) continue
      const rows = await latestReveals(tx, engine, memberId)
      const read = await Promise.all(rows.map((row) => readOrMend(tx, engine, row, unreadable)))
      reveals.set(
        memberId,
        read.flatMap((one) => REVEAL.as(one?.entity) ?? []),
      )
    }
  }

  return {
    wantEntity,
    entity(kind, id) {
      const slot = entities.get(nameOf(kind, id))
      if (slot?.unreadable) throw new UnreadableRow(`${kind} ${id} cannot be read`)
      if (slot) return slot.entity
      wantEntity(kind, id)
      if (!wanted.get(kind)?.has(id)) return undefined
      throw new NotLoaded()
    },
    change(entity) {
      entities.set(nameOf(entity.kind, entity.id), { entity, changed: true })
    },
    memberIds() {
      if (typeof members === 'string') {
        members = 'wanted'
        throw new NotLoaded()
      }
      const fresh = changed().flatMap(({ kind, id }) => (kind === 'member' ? [id] : []))
      return [...new Set([...members, ...fresh])]
    },
    reveals(memberId) {
      const stored = reveals.get(memberId)
      if (!stored) {
        reveals.set(memberId, null)
        throw new NotLoaded()
      }
      const { from, below } = revealIdsOf(memberId)
      const fresh = changed().flatMap((entity) => (entity.id >= from && entity.id < below ? (REVEAL.as(entity) ?? []) : []))
      return [...stored, ...fresh].map(({ state }) => state.recordedAt)
    },
    async load() {
      await loadMembers()
      await loadEntities()
      await loadReveals()
    },
    async write() {
      const written = changed()
      await writeEntities(tx, written)
      return written
    },
  }
}

function latestReveals(tx: Transaction<HubTables>, engine: Engine, memberId: string): Promise<EntityRow[]> {
  const { from, below } = revealIdsOf(memberId)
  // Ordered by recording time: IDs and clock values are chosen by the author.
  const recordedAt =
    engine === 'sqlite' ? sql`json_extract(body, '$.state.recordedAt')` : sql`(body::json -> 'state' ->> 'recordedAt')::bigint`
  return tx
    .selectFrom('entity')
    .selectAll()
    .where('kind', '=', 'reveal')
    .where('id', '>=', from)
    .where('id', '<', below)
    .orderBy(recordedAt, 'desc')
    .limit(LATEST_REVEALS)
    .execute()
}

async function writeEntities(tx: Transaction<HubTables>, entities: readonly Entity[]): Promise<void> {
  for (const run of inRuns(entities.map(toRow))) {
    const results = await tx
      .insertInto('entity')
      .values(run)
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'id'])
          .doUpdateSet((row) => ({ body: row.ref('excluded.body'), sum: row.ref('excluded.sum') }))
          .whereRef('entity.scope', '=', 'excluded.scope'),
      )
      .execute()
    const count = results.reduce((sum, { numInsertedOrUpdatedRows }) => sum + Number(numInsertedOrUpdatedRows ?? 0), 0)
    if (count !== run.length) throw new EntityTaken('An entity stands in another scope')
  }
}
