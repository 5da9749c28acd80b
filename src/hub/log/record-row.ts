import { LogRecord } from '#domain/log/record.ts'
import type { RecordRow } from '../database/hub-tables.ts'
import { whyUnreadable, type UnreadableRows } from './unreadable.ts'

/** A record as it is told, from its row. @throws when the row does not hold one */
export function toRecord(row: RecordRow): LogRecord {
  return LogRecord.parse({
    scope: row.scope,
    seq: row.seq,
    hubTime: row.hub_time,
    actor: row.actor,
    outcome: JSON.parse(row.outcome) as unknown,
    bytes: row.bytes,
    hash: row.hash,
  })
}

/** A record from its row; null, and noted, when the row holds none. */
export function readRecord(row: RecordRow, unreadable: UnreadableRows): LogRecord | null {
  try {
    return toRecord(row)
  } catch (error) {
    unreadable.note({ place: 'record', name: `${row.scope} ${row.seq}`, why: whyUnreadable(error) })
    return null
  }
}

/** The records of rows, without those that cannot be read. */
export function readRecords(rows: readonly RecordRow[], unreadable: UnreadableRows): LogRecord[] {
  return rows.flatMap((row) => readRecord(row, unreadable) ?? [])
}
