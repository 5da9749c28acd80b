import type { Db } from '#storage/open-database.ts'
import { LogRecord } from '#domain/log/record.ts'
import { createReplicaStore, KNOWN_TYPES } from './replica-store.ts'

type RecordRow = { scope: string; seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }

const BATCH = 500

/** Converts a row of the `record` table to its record. */
export function recordOfRow(row: RecordRow): LogRecord {
  const { scope, seq, hub_time, actor, outcome, bytes, hash } = row
  return LogRecord.parse({ scope, seq, hubTime: hub_time, actor, outcome: JSON.parse(outcome) as unknown, bytes, hash })
}

/**
 * Recomputes every view from the stored records, with own pending ops on top, in one transaction. Needed when this version
 * understands ops that the previous one parked. A scope that began from a snapshot keeps its state until the hub provides a
 * new one, because only the hub knows what was parked before it.
 * @param onProgress called with the number of records done and the total
 */
export function rebuildViews(db: Db, onProgress: (done: number, total: number) => void = () => undefined): void {
  db.transaction(() => {
    const whole = 'scope NOT IN (SELECT scope FROM scope_base)'
    db.exec(`
      CREATE TEMP TABLE old_record AS SELECT * FROM record WHERE ${whole} ORDER BY scope, seq;
      DELETE FROM search WHERE rowid IN (SELECT row FROM entity WHERE ${whole});
      ${['record', 'cursor', 'entity', 'label', 'tally', 'evidence_use'].map((table) => `DELETE FROM ${table} WHERE ${whole};`).join('\n')}
      UPDATE scope_base SET stale = 1;
      UPDATE cursor SET frozen = NULL;
    `)
    const total = (db.prepare('SELECT count(*) AS count FROM temp.old_record').get() as { count: number }).count
    const store = createReplicaStore(db)
    const attention = db.prepare('SELECT op_id FROM attention').all() as { op_id: string }[]
    const next = db.prepare<[number, number], RecordRow & { rowid: number }>(
      'SELECT rowid, * FROM temp.old_record WHERE rowid > ? ORDER BY rowid LIMIT ?',
    )
    let last = 0
    for (;;) {
      const rows = next.all(last, BATCH)
      if (rows.length === 0) break
      for (const [scope, records] of Map.groupBy(rows, (row) => row.scope)) store.applyInside(scope, records.map(recordOfRow))
      last = rows.at(-1)?.rowid ?? last
      onProgress(last, total)
    }
    store.overlayPending()
    // Rejections that their author dismissed stay dismissed.
    const kept = new Set(attention.map((row) => row.op_id))
    for (const { op_id } of db.prepare('SELECT op_id FROM attention').all() as { op_id: string }[]) {
      if (!kept.has(op_id)) db.prepare('DELETE FROM attention WHERE op_id = ?').run(op_id)
    }
    store.meta.write('knownTypes', KNOWN_TYPES)
    db.exec('DROP TABLE temp.old_record')
  }).immediate()
}
