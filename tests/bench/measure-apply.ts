import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { LogRecord } from '#domain/log/record.ts'
import { rebuildViews } from '#replica/store/rebuild.ts'
import type { Benchmark } from './benchmark.ts'
import { batches, fillDataFolder, openBareHub, openBareReplica } from './data-folders.ts'

const RECORDS = 20_000
const BATCH = 500

/** Seconds that raw inserts of these texts take: one table, no index, as durable as the replica. */
function rawInserts(folder: string, rows: readonly string[][]): number {
  const db = new Database(join(folder, 'raw.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`CREATE TABLE raw (${rows[0]?.map((_, index) => `c${index} TEXT`).join(', ')})`)
  const insert = db.prepare(`INSERT INTO raw VALUES (${rows[0]?.map(() => '?').join(', ')})`)
  const run = db.transaction((some: readonly string[][]) => {
    for (const row of some) insert.run(...row)
  })
  const parts = [...batches(rows, BATCH)]
  const from = performance.now()
  for (const part of parts) run(part)
  const seconds = (performance.now() - from) / 1000
  db.close()
  return seconds
}

/** Figure 4: records of others taken in after a time offline, and every view folded anew, beside what SQLite takes for the same bytes. */
export const applyBenchmark: Benchmark = {
  name: 'apply',
  about: `${RECORDS} records of entries, ${BATCH} a transaction, against raw inserts of the same number of rows with the same text`,
  async run(workshop) {
    const full = workshop.folder()
    const { memberId } = await fillDataFolder(full, { seed: 3, entries: [RECORDS] }, workshop.say)
    const hub = openBareHub(full)
    const scopes = hub.log.headsFor(memberId).map(({ scope }) => ({ scope, records: hub.log.readAfter(memberId, scope, 0, RECORDS + 10) }))
    hub.close()

    const fresh = workshop.folder()
    const replica = openBareReplica(fresh)
    const parts: { scope: string; records: LogRecord[] }[] = scopes.flatMap(({ scope, records }) => [...batches(records, BATCH)].map((part) => ({ scope, records: part })))
    const applyFrom = performance.now()
    for (const { scope, records } of parts) replica.store.apply(scope, records)
    const applySeconds = (performance.now() - applyFrom) / 1000

    const rebuildFrom = performance.now()
    rebuildViews(replica.db)
    const rebuildSeconds = (performance.now() - rebuildFrom) / 1000

    // What a record leaves in the replica beside its own row: the state and the words it is found by.
    const states = replica.db.prepare<[], { canonical: string }>("SELECT canonical FROM entity WHERE kind = 'entry' ORDER BY row").all()
    const all = scopes.flatMap(({ records }) => records)
    const count = all.length
    await replica.close()
    const recordSeconds = rawInserts(workshop.folder(), all.map(({ bytes, hash, scope, actor }) => [scope, actor, bytes, hash]))
    const bothSeconds = rawInserts(workshop.folder(), states.map(({ canonical }, index) => [all[index]?.scope ?? '', all[index]?.actor ?? '', all[index]?.bytes ?? '', all[index]?.hash ?? '', canonical]))

    const rate = (seconds: number) => count / seconds
    const records = { name: 'raw inserts of the records', value: rate(recordSeconds) }
    const both = { name: 'raw inserts of records and states', value: rate(bothSeconds) }
    return [
      { name: 'apply', value: rate(applySeconds), unit: 'records/s', more: true, baseline: both, goal: { of: 'ratio', limit: 0.3 } },
      { name: 'apply', value: rate(applySeconds), unit: 'records/s', more: true, baseline: records },
      { name: 'rebuild', value: rate(rebuildSeconds), unit: 'records/s', more: true, baseline: both, goal: { of: 'ratio', limit: 0.3 } },
      { name: 'rebuild', value: rate(rebuildSeconds), unit: 'records/s', more: true, baseline: records },
    ]
  },
}
