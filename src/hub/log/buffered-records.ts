import type { Transaction } from 'kysely'
import { CHAIN_START } from '#domain/log/record.ts'
import { inRuns, isOneOf } from '../database/hub-database.ts'
import type { Engine, HubTables, RecordRow } from '../database/hub-tables.ts'
import { NotLoaded } from './loading.ts'

/** The last record of a scope. */
export type Head = { seq: number; hash: string; hubTime: number }
const NO_RECORD: Head = { seq: 0, hash: CHAIN_START, hubTime: 0 }

/** The records of one log transaction, and the heads of the scopes that it locked. */
export type BufferedRecords = {
  wantRecord(opId: string): void
  /** The record that an op already has, or null. @throws NotLoaded */
  record(opId: string): RecordRow | null
  /**
   * Locks the scopes for this transaction in an order that all nodes follow; from then on no other transaction appends to them.
   * When called a second time, the later scopes must come after the earlier ones in that order. A single-writer database already
   * holds the lock from the start of the transaction.
   */
  lockScopes(scopes: Iterable<string>): Promise<void>
  /** The head of a scope, which must be locked. */
  headOf(scope: string): Head
  append(row: RecordRow): void
  /** The number of records appended so far. */
  appendedCount(): number
  /** The scopes that were appended to after the given count. */
  movedSince(count: number): string[]
}

/** The same, with the statements that the transaction runs for all its buffers together. */
export type RecordBuffer = BufferedRecords & { load(): Promise<void>; writeRecords(): Promise<void>; writeHeads(): Promise<void> }

export function bufferRecords(tx: Transaction<HubTables>, engine: Engine): RecordBuffer {
  const heads = new Map<string, Head>()
  const records = new Map<string, RecordRow | null>()
  const wanted = new Set<string>()
  const appended: RecordRow[] = []
  const moved = new Set<string>()

  function wantRecord(opId: string): void {
    if (!records.has(opId)) wanted.add(opId)
  }

  function headOf(scope: string): Head {
    const head = heads.get(scope)
    if (!head) throw new Error('A scope is judged that was not locked')
    return head
  }

  return {
    wantRecord,
    record(opId) {
      const found = records.get(opId)
      if (found !== undefined) return found
      wantRecord(opId)
      throw new NotLoaded()
    },
    async lockScopes(scopes) {
      const names = [...new Set(scopes)].toSorted()
      if (names.length === 0) return
      for (const scope of names) heads.set(scope, NO_RECORD)
      for (const { scope, seq, hash, hub_time: hubTime } of await lockHeads(tx, engine, names)) heads.set(scope, { seq, hash, hubTime })
    },
    headOf,
    append(row) {
      appended.push(row)
      records.set(row.op_id, row)
      heads.set(row.scope, { seq: row.seq, hash: row.hash, hubTime: row.hub_time })
      moved.add(row.scope)
    },
    appendedCount: () => appended.length,
    movedSince: (count) => [...new Set(appended.slice(count).map(({ scope }) => scope))],
    async load() {
      if (wanted.size === 0) return
      const opIds = [...wanted]
      wanted.clear()
      for (const opId of opIds) records.set(opId, null)
      const rows = await tx
        .selectFrom('record')
        .selectAll()
        .where(isOneOf(engine, 'op_id', opIds))
        .execute()
      for (const row of rows) records.set(row.op_id, row)
    },
    async writeRecords() {
      for (const run of inRuns(appended)) await tx.insertInto('record').values(run).execute()
    },
    async writeHeads() {
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
    },
  }
}

/** @param names sorted */
async function lockHeads(tx: Transaction<HubTables>, engine: Engine, names: readonly string[]) {
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
  return (engine === 'postgres' ? found.forUpdate() : found).execute()
}
