import type { Transaction } from 'kysely'
import { inRuns } from '../database/hub-database.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { bufferCounters, type BufferedCounters } from './buffered-counters.ts'
import { bufferEntities, type BufferedEntities } from './buffered-entities.ts'
import { bufferRecords, type BufferedRecords } from './buffered-records.ts'
import { bufferRefusals, type BufferedRefusals } from './buffered-refusals.ts'
import { noteNamings, type Naming } from './note-namings.ts'
import { noteTimers } from './note-timers.ts'
import { readersScope, type Readers } from './readers.ts'

/**
 * What one transaction reads and writes of the log, buffered and written in a few statements. Judging reads synchronously: data
 * that is not loaded throws `NotLoaded`, and `load` loads everything requested so far at once.
 */
export type LogTransaction = BufferedRecords &
  BufferedEntities &
  BufferedCounters &
  BufferedRefusals & {
    /** Notes that a member named files in a scope. */
    name(hashes: readonly string[], scope: string, memberId: string): void
    /**
     * Stores who may read a scope, including scopes that depend on it.
     * @param untils when temporary access ends, by member ID
     */
    setReaders(scope: string, allowed: Readers, untils: ReadonlyMap<string, number>): void
    /** Loads what was requested and is not loaded yet. */
    load(): Promise<void>
    /** Writes all that was appended, changed and noted. */
    write(): Promise<void>
  }

type ReadersOfScope = { allowed: Readers; untils: ReadonlyMap<string, number> }

export function createLogTransaction(
  tx: Transaction<HubTables>,
  engine: Engine,
  unreadable: UnreadableRows,
  now: () => number,
): LogTransaction {
  const records = bufferRecords(tx, engine)
  const entities = bufferEntities(tx, engine, unreadable)
  const counters = bufferCounters(tx, engine)
  const refusals = bufferRefusals(tx, engine)
  const readers = new Map<string, ReadersOfScope>()
  const namings: Naming[] = []
  return {
    ...records,
    ...entities,
    ...counters,
    ...refusals,
    name(hashes, scope, memberId) {
      for (const hash of hashes) namings.push({ hash, scope, memberId })
    },
    setReaders(scope, allowed, untils) {
      readers.set(readersScope(scope), { allowed, untils })
    },
    async load() {
      await records.load()
      await entities.load()
      await refusals.load()
    },
    async write() {
      await records.writeRecords()
      await noteTimers(tx, engine, await entities.write())
      await records.writeHeads()
      for (const [scope, given] of readers) await writeReaders(tx, scope, given)
      await noteNamings(tx, engine, namings, now())
      await counters.write()
      await refusals.write()
    },
  }
}

async function writeReaders(tx: Transaction<HubTables>, scope: string, { allowed, untils }: ReadersOfScope): Promise<void> {
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
