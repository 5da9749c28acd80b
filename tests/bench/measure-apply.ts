import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { LogRecord } from '#domain/log/record.ts'
import { rebuildViews } from '#replica/store/rebuild.ts'
import type { Benchmark, Figure, Workshop } from './benchmark.ts'
import { batches, fillDataFolder, openBareHub, openBareReplica } from './data-folders.ts'

const RECORDS = 20_000
const BATCH = 500

type Stopwatch = { run(act: () => void): void; seconds(): number }

function createStopwatch(): Stopwatch {
  let spent = 0
  return {
    run(act) {
      const from = performance.now()
      act()
      spent += performance.now() - from
    },
    seconds: () => spent / 1000,
  }
}

/** A plain table without an index, as durable as the replica, and the time it needs for batches of rows. */
function openRawTable(folder: string, columns: number) {
  const db = new Database(join(folder, 'raw.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const names = Array.from({ length: columns }, (_, index) => `c${index}`)
  db.exec(`CREATE TABLE raw (${names.map((name) => `${name} TEXT`).join(', ')})`)
  const insert = db.prepare(`INSERT INTO raw VALUES (${names.map(() => '?').join(', ')})`)
  const inOne = db.transaction((rows: readonly string[][]) => {
    for (const row of rows) insert.run(...row)
  })
  const watch = createStopwatch()
  let inserted = 0
  return {
    insert(rows: readonly string[][]) {
      watch.run(() => inOne(rows))
      inserted += rows.length
    },
    seconds: watch.seconds,
    /** Rows per second. */
    rate: () => inserted / watch.seconds(),
    close: () => db.close(),
  }
}

const recordRow = ({ scope, actor, bytes, hash }: LogRecord) => [scope, actor, bytes, hash]

/** The records of a data set by scope, in batches like those of a pull. */
async function makeParts(workshop: Workshop): Promise<{ scope: string; records: LogRecord[] }[]> {
  const folder = workshop.folder()
  const { memberId } = await fillDataFolder(folder, { seed: 3, entries: [RECORDS] }, workshop.say)
  const hub = openBareHub(folder)
  const parts: { scope: string; records: LogRecord[] }[] = []
  for (const { scope } of await hub.log.headsFor(memberId)) {
    const records = await hub.log.readAfter(memberId, scope, 0, RECORDS + 10)
    for (const part of batches(records, BATCH)) parts.push({ scope, records: part })
  }
  await hub.close()
  return parts
}

/**
 * Figure 4: applying others' records after a time offline, and rebuilding every view, compared with the time of SQLite for the
 * same bytes. Batches of both alternate, so that a slow moment affects both.
 */
export const applyBenchmark: Benchmark = {
  name: 'apply',
  about: `${RECORDS} records of entries, ${BATCH} a transaction, against raw inserts of the same records as rows of one table`,
  async run(workshop) {
    const parts = await makeParts(workshop)
    const count = parts.reduce((sum, { records }) => sum + records.length, 0)
    const replica = openBareReplica(workshop.folder())

    const applied = createStopwatch()
    const besideApply = openRawTable(workshop.folder(), 4)
    for (const { scope, records } of parts) {
      applied.run(() => void replica.store.apply(scope, records))
      besideApply.insert(records.map(recordRow))
    }
    besideApply.close()

    const states = replica.db.prepare<[], { canonical: string }>('SELECT canonical FROM entity ORDER BY row').all()
    const rebuilt = createStopwatch()
    const besideRebuild = openRawTable(workshop.folder(), 4)
    const withStates = openRawTable(workshop.folder(), 5)
    let next = 0
    const insertMeanwhile = () => {
      const records = parts[next]?.records ?? []
      besideRebuild.insert(records.map(recordRow))
      withStates.insert(records.map((record, index) => [...recordRow(record), states[next * BATCH + index]?.canonical ?? '']))
      next += 1
    }
    rebuilt.run(() => rebuildViews(replica.db, insertMeanwhile))
    besideRebuild.close()
    withStates.close()
    await replica.close()

    const rebuildSeconds = rebuilt.seconds() - besideRebuild.seconds() - withStates.seconds()
    const figure = (name: string, seconds: number, baseline: string, raw: number): Figure => ({
      name,
      value: count / seconds,
      unit: 'records/s',
      more: true,
      baseline: { name: `raw inserts of ${baseline}`, value: raw },
    })
    return [
      { ...figure('apply', applied.seconds(), 'the records', besideApply.rate()), goal: { of: 'ratio', limit: 0.3 } },
      { ...figure('rebuild', rebuildSeconds, 'the records', besideRebuild.rate()), goal: { of: 'ratio', limit: 0.3 } },
      // A record adds its own text and that of the resulting state: the replica writes both.
      figure('rebuild', rebuildSeconds, 'records and states', withStates.rate()),
    ]
  },
}
