import { isStorable } from '#domain/log/storable-text.ts'
import { sql, type Transaction } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { REVEAL } from '#domain/privacy/reveal-entity.ts'
import { revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { LATEST_REVEALS, type RevealState } from '#domain/privacy/reveal.ts'
import { CHAIN_START } from '#domain/log/record.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables, RecordRow } from '../database/hub-tables.ts'
import { readersScope, type Readers } from './readers.ts'
import { toRow } from './entity-row.ts'
import { readOrMend } from './mend-entity.ts'
import { noteNamings, type Naming } from './note-namings.ts'
import { noteTimers } from './note-timers.ts'
import type { RefusedTally } from './refused-texts.ts'
import { UnreadableRow, type UnreadableRows } from '../database/unreadable.ts'

/** Thrown when a read needs data that is not loaded; call `load()` and retry. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/** Another node created the same entity in another scope at the same time: nothing was written; the submission is judged again. */
export class EntityTaken extends Error {
  override readonly name = 'EntityTaken'
}

type Head = { seq: number; hash: string; hubTime: number }
const NO_RECORD: Head = { seq: 0, hash: CHAIN_START, hubTime: 0 }

type Counter = { replica_id: string; member_id: string; counter: number; changed: boolean }
/** `unreadable`: the entity exists but cannot be read. */
type Slot = { entity: Entity | undefined; changed: boolean; unreadable?: true }

const nameOf = (kind: string, id: string) => `${kind}\n${id}`

export { isStorable }

/**
 * What one transaction reads and writes of the log, buffered and written in a few statements. Judging reads synchronously: data
 * that is not loaded throws {@link NotLoaded}, and `load` loads everything requested so far at once.
 */
export function createLogTransaction(tx: Transaction<HubTables>, engine: Engine, unreadable: UnreadableRows, now: () => number) {
  const heads = new Map<string, Head>()
  const records = new Map<string, RecordRow | null>()
  const entities = new Map<string, Slot>()
  const appended: RecordRow[] = []
  const moved = new Set<string>()
  const readers = new Map<string, { allowed: Readers; untils: ReadonlyMap<string, number> }>()
  const counters = new Map<string, Counter>()
  const wantedRecords = new Set<string>()
  const wantedEntities = new Map<string, Set<string>>()
  const refusedTexts = new Map<string, RefusedTally & { changed: boolean }>()
  const wantedRefused = new Set<string>()
  const namings: Naming[] = []
  const reveals = new Map<string, readonly Entity<RevealState>[] | null>()

  const wantRecord = (opId: string) => {
    if (!records.has(opId)) wantedRecords.add(opId)
  }
  const wantEntity = (kind: string, id: string) => {
    if (entities.has(nameOf(kind, id)) || !isStorable(kind) || !isStorable(id)) return
    const ids = wantedEntities.get(kind)
    if (ids) ids.add(id)
    else wantedEntities.set(kind, new Set([id]))
  }

  async function loadRecords(): Promise<void> {
    if (wantedRecords.size === 0) return
    const opIds = [...wantedRecords]
    wantedRecords.clear()
    for (const opId of opIds) records.set(opId, null)
    for (const row of await tx
      .selectFrom('record')
      .selectAll()
      .where(isOneOf(engine, 'op_id', opIds))
      .execute())
      records.set(row.op_id, row)
  }

  async function loadEntities(): Promise<void> {
    const wanted = [...wantedEntities]
    wantedEntities.clear()
    for (const [kind, ids] of wanted) {
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

  async function loadReveals(): Promise<void> {
    for (const [memberId, known] of reveals) {
      if (known !== null) continue
      const { from, below } = revealIdsOf(memberId)
      // Ordered by recording time: IDs and clock values are chosen by the author.
      const recordedAt =
        engine === 'sqlite' ? sql`json_extract(body, '$.state.recordedAt')` : sql`(body::json -> 'state' ->> 'recordedAt')::bigint`
      const rows = await tx
        .selectFrom('entity')
        .selectAll()
        .where('kind', '=', 'reveal')
        .where('id', '>=', from)
        .where('id', '<', below)
        .orderBy(recordedAt, 'desc')
        .limit(LATEST_REVEALS)
        .execute()
      const read = await Promise.all(rows.map((row) => readOrMend(tx, engine, row, unreadable)))
      reveals.set(
        memberId,
        read.flatMap((one) => REVEAL.as(one?.entity) ?? []),
      )
    }
  }

  async function loadRefused(): Promise<void> {
    const ids = [...wantedRefused]
    wantedRefused.clear()
    if (ids.length === 0) return
    for (const { member_id: id, count, length } of await tx
      .selectFrom('refused_text')
      .selectAll()
      .where(isOneOf(engine, 'member_id', ids))
      .execute())
      refusedTexts.set(id, { count, length, changed: false })
  }

  async function writeRefused(): Promise<void> {
    const rows = [...refusedTexts].flatMap(([id, { count, length, changed }]) => (changed ? [{ member_id: id, count, length }] : []))
    for (const run of inRuns(rows)) {
      await tx
        .insertInto('refused_text')
        .values(run)
        .onConflict((conflict) =>
          conflict.column('member_id').doUpdateSet((row) => ({ count: row.ref('excluded.count'), length: row.ref('excluded.length') })),
        )
        .execute()
    }
  }

  async function writeRecords(): Promise<void> {
    for (const run of inRuns(appended)) await tx.insertInto('record').values(run).execute()
  }

  async function writeEntities(): Promise<void> {
    const written = [...entities.values()].flatMap(({ entity, changed }) => (changed && entity ? [entity] : []))
    for (const run of inRuns(written.map(toRow))) {
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
    await noteTimers(tx, engine, written)
  }

  async function writeReaders(): Promise<void> {
    for (const [scope, { allowed, untils }] of readers) {
      await tx.deleteFrom('scope_reader').where('scope', '=', scope).execute()
      const names: readonly string[] = allowed === 'everyone' ? [] : [...new Set(allowed)]
      const rows = names.map((memberId) => ({ scope, member_id: memberId, until: untils.get(memberId) ?? null }))
      for (const run of inRuns(rows)) await tx.insertInto('scope_reader').values(run).execute()
      await tx
        .updateTable('scope_head')
        .set({ restricted: allowed === 'everyone' ? 0 : 1 })
        .where('scope', '=', scope)
        .execute()
    }
  }

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

  async function writeCounters(): Promise<void> {
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
  }

  async function writeHeads(): Promise<void> {
    const rows = [...moved].toSorted().map((scope) => {
      const { seq, hash, hubTime } = headOf(scope)
      return { scope, seq, hash, hub_time: hubTime }
    })
    for (const run of inRuns(rows)) {
      await tx
        .insertInto('scope_head')
        .values(run)
        .onConflict((conflict) =>
          conflict.column('scope').doUpdateSet((row) => ({
            seq: row.ref('excluded.seq'),
            hash: row.ref('excluded.hash'),
            hub_time: row.ref('excluded.hub_time'),
          })),
        )
        .execute()
    }
  }

  /** The head of a scope, which must be locked. */
  function headOf(scope: string): Head {
    const head = heads.get(scope)
    if (!head) throw new Error('A scope is judged that was not locked')
    return head
  }

  return {
    wantRecord,
    wantEntity,
    wantRefused(memberId: string): void {
      if (!refusedTexts.has(memberId)) wantedRefused.add(memberId)
    },

    /** How much refused text of a member is kept; must have been requested. */
    refusedOf: (memberId: string): RefusedTally => refusedTexts.get(memberId) ?? { count: 0, length: 0 },

    /** Counts one more kept text. */
    keepRefused(memberId: string, text: string): void {
      const { count, length } = refusedTexts.get(memberId) ?? { count: 0, length: 0 }
      refusedTexts.set(memberId, { count: count + 1, length: length + text.length, changed: true })
    },

    /**
     * Locks the scopes for this transaction in an order that all nodes follow; from then on no other transaction appends to them.
     * When called a second time, the later scopes must come after the earlier ones in that order. A single-writer database already
     * holds the lock from the start of the transaction.
     */
    async lockScopes(scopes: Iterable<string>): Promise<void> {
      const names = [...new Set(scopes)].toSorted()
      if (names.length === 0) return
      for (const scope of names) heads.set(scope, NO_RECORD)
      if (engine === 'postgres') {
        const fresh = names.map((scope) => ({ scope, seq: 0, hash: CHAIN_START }))
        await tx
          .insertInto('scope_head')
          .values(fresh)
          .onConflict((conflict) => conflict.column('scope').doNothing())
          .execute()
      }
      const found = tx
        .selectFrom('scope_head')
        .select(['scope', 'seq', 'hash', 'hub_time'])
        .where(isOneOf(engine, 'scope', names))
        .orderBy('scope')
      const rows = await (engine === 'postgres' ? found.forUpdate() : found).execute()
      for (const { scope, seq, hash, hub_time: hubTime } of rows) heads.set(scope, { seq, hash, hubTime })
    },

    /** Loads what was requested and is not loaded yet. */
    async load(): Promise<void> {
      await loadRecords()
      await loadEntities()
      await loadReveals()
      await loadRefused()
    },

    /**
     * Loads the op counters of these devices, for all members, and locks them: a copy of a device may be submitting at another
     * node.
     * @param own the submitting devices
     */
    async loadCounters(own: readonly { replicaId: string; memberId: string }[]): Promise<void> {
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

    /** The op counter of a member's device; 0 when unknown. */
    counterOf: (replicaId: string, memberId: string): number => counters.get(nameOf(replicaId, memberId))?.counter ?? 0,

    count(replicaId: string, memberId: string, counter: number): void {
      counters.set(nameOf(replicaId, memberId), { replica_id: replicaId, member_id: memberId, counter, changed: true })
    },

    headOf,

    /** The record that an op already has, or null. */
    record(opId: string): RecordRow | null {
      const found = records.get(opId)
      if (found !== undefined) return found
      wantRecord(opId)
      throw new NotLoaded()
    },

    /** @throws UnreadableRow when the entity exists but cannot be read, which differs from not existing */
    entity(kind: string, id: string): Entity | undefined {
      const slot = entities.get(nameOf(kind, id))
      if (slot?.unreadable) throw new UnreadableRow(`${kind} ${id} cannot be read`)
      if (slot) return slot.entity
      wantEntity(kind, id)
      if (!wantedEntities.get(kind)?.has(id)) return undefined
      throw new NotLoaded()
    },

    /** The recent reveals of a member in all scopes, including those of this transaction. */
    reveals(memberId: string): number[] {
      const stored = reveals.get(memberId)
      if (!stored) {
        reveals.set(memberId, null)
        throw new NotLoaded()
      }
      const { from, below } = revealIdsOf(memberId)
      const fresh = [...entities.values()].flatMap(({ entity, changed }) =>
        changed && entity && entity.id >= from && entity.id < below ? (REVEAL.as(entity) ?? []) : [],
      )
      return [...stored, ...fresh].map(({ state }) => state.recordedAt)
    },

    append(row: RecordRow): void {
      appended.push(row)
      records.set(row.op_id, row)
      heads.set(row.scope, { seq: row.seq, hash: row.hash, hubTime: row.hub_time })
      moved.add(row.scope)
    },

    /** The number of records appended so far. */
    appendedCount: () => appended.length,

    /** The scopes that were appended to after the given count. */
    movedSince: (count: number): string[] => [...new Set(appended.slice(count).map(({ scope }) => scope))],

    change(entity: Entity): void {
      entities.set(nameOf(entity.kind, entity.id), { entity, changed: true })
    },

    /** Notes that a member named files in a scope. */
    name(hashes: readonly string[], scope: string, memberId: string): void {
      for (const hash of hashes) namings.push({ hash, scope, memberId })
    },

    /**
     * Stores who may read a scope, including scopes that depend on it.
     * @param untils when temporary access ends, by member ID
     */
    setReaders(scope: string, allowed: Readers, untils: ReadonlyMap<string, number>): void {
      readers.set(readersScope(scope), { allowed, untils })
    },

    async write(): Promise<void> {
      await writeRecords()
      await writeEntities()
      await writeHeads()
      await writeReaders()
      await noteNamings(tx, engine, namings, now())
      await writeCounters()
      await writeRefused()
    },
  }
}

export type LogTransaction = ReturnType<typeof createLogTransaction>
