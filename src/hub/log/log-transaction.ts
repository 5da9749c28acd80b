import { isStorable } from '#domain/log/storable-text.ts'
import { sql, type Transaction } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { REVEAL } from '#domain/privacy/reveal-entity.ts'
import { revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { LATEST_REVEALS, type RevealState } from '#domain/privacy/reveal.ts'
import { CHAIN_START } from '#domain/log/record.ts'
import type { AccountTables } from '../accounts/account-tables.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import { noteNamings, type Naming } from '../evidence/evidence-rights.ts'
import type { Engine, HubTables, RecordRow } from '../database/hub-tables.ts'
import { readersScope, type Readers } from './readers.ts'
import { toRow } from './entity-row.ts'
import { readOrMend } from './mend-entity.ts'
import { noteTimers } from './note-timers.ts'
import type { RefusedTally } from './refused-texts.ts'
import { UnreadableRow, type UnreadableRows } from './unreadable.ts'

/** Says that something was read which is not at hand yet: `load` brings it, then the same is tried again. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/** Another node made the same entity in another scope at the same time: nothing was written, and the same again is judged anew. */
export class EntityTaken extends Error {
  override readonly name = 'EntityTaken'
}

type Head = { seq: number; hash: string; hubTime: number }
const NO_RECORD: Head = { seq: 0, hash: CHAIN_START, hubTime: 0 }

/** The sign-in that something came by was taken back: nothing of it is taken in, wherever the taking back was done. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded'
}

type Counter = { replica_id: string; member_id: string; counter: number; changed: boolean }
/** `unreadable` says that there is one which cannot be read. */
type Slot = { entity: Entity | undefined; changed: boolean; unreadable?: true }

const nameOf = (kind: string, id: string) => `${kind}\n${id}`

export { isStorable }

/**
 * What one transaction reads and writes of the log, kept at hand until it is written in a few statements. Judging reads
 * without waiting: what is not at hand yet throws {@link NotLoaded}, and `load` brings everything asked for so far at once.
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
      // By when they were recorded: ids and clocks are the author's to choose.
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

  /** Where a scope stands; it must have been locked. */
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

    /** How much of what was refused to a member is kept; it must have been asked for. */
    refusedOf: (memberId: string): RefusedTally => refusedTexts.get(memberId) ?? { count: 0, length: 0 },

    /** Counts one more text that is kept. */
    keepRefused(memberId: string, text: string): void {
      const { count, length } = refusedTexts.get(memberId) ?? { count: 0, length: 0 }
      refusedTexts.set(memberId, { count: count + 1, length: length + text.length, changed: true })
    },

    /**
     * Takes the scopes for this transaction, in an order that all nodes keep to: from here on nobody else appends to them.
     * Asked for twice, the later ones are such that the order of all nodes is kept.
     * A database of one writer has done so by beginning.
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

    /** Brings what was asked for and is not at hand. */
    async load(): Promise<void> {
      await loadRecords()
      await loadEntities()
      await loadReveals()
      await loadRefused()
    },

    /**
     * Brings how far these devices have counted, of whichever member. From here on nobody else counts for them: a copy may be
     * writing elsewhere at the same moment.
     * @param own the devices of those who submit
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
      // A row that is not there cannot be held.
      const rows = [...fresh].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
      for (const run of inRuns(rows))
        await tx
          .insertInto('replica_counter')
          .values(run)
          .onConflict((conflict) => conflict.columns(['replica_id', 'member_id']).doNothing())
          .execute()
      await takeCounters(ids)
    },

    /**
     * Looks once more whether these sign-ins stand, and keeps them until the commit: once the taking back of one is answered,
     * nothing more comes in by it.
     * @throws SessionEnded when one has been taken back
     */
    async checkSessions(ids: readonly string[]): Promise<void> {
      const names = [...new Set(ids)].toSorted()
      if (names.length === 0) return
      const standing = tx
        .withTables<AccountTables>()
        .selectFrom('session')
        .select('id')
        .where(isOneOf(engine, 'id', names))
        .where('revoked_at', 'is', null)
        .orderBy('id')
      const rows = await (engine === 'postgres' ? standing.forShare() : standing).execute()
      if (rows.length < names.length) throw new SessionEnded('A sign-in was taken back')
    },

    /** How far a member's device had counted; 0 when nothing is known of it. */
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

    /** @throws UnreadableRow when there is one that cannot be read: that is not the same as none */
    entity(kind: string, id: string): Entity | undefined {
      const slot = entities.get(nameOf(kind, id))
      if (slot?.unreadable) throw new UnreadableRow(`${kind} ${id} cannot be read`)
      if (slot) return slot.entity
      wantEntity(kind, id)
      if (!wantedEntities.get(kind)?.has(id)) return undefined
      throw new NotLoaded()
    },

    /** When a member revealed personal data lately, in whichever scope; those of this transaction among them. */
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

    /** How many records have been appended so far. */
    appendedCount: () => appended.length,

    /** The scopes that records were appended to after so many. */
    movedSince: (count: number): string[] => [...new Set(appended.slice(count).map(({ scope }) => scope))],

    change(entity: Entity): void {
      entities.set(nameOf(entity.kind, entity.id), { entity, changed: true })
    },

    /** Keeps that somebody named files in a scope. */
    name(hashes: readonly string[], scope: string, memberId: string): void {
      for (const hash of hashes) namings.push({ hash, scope, memberId })
    },

    /**
     * Keeps who may read a scope, and what goes with it.
     * @param untils when the reading of those ends who have it for a time
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
