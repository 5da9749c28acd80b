import { LogRecord } from '#domain/log/record.ts'
import type { RecordRow } from '../database/hub-tables.ts'
import { whyUnreadable, type UnreadableRows } from '../database/unreadable.ts'

/** Converts a row to a record. @throws when the row does not hold one */
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

/** Reads a record from its row; null when unreadable, which is noted. */
export function readRecord(row: RecordRow, unreadable: UnreadableRows): LogRecord | null {
  try {
    return toRecord(row)
  } catch (error) {
    unreadable.note({ place: 'record', name: `${row.scope} ${row.seq}`, why: whyUnreadable(error) })
    return null
  }
}

/** The records of rows, without unreadable ones. */
export function readRecords(rows: readonly RecordRow[], unreadable: UnreadableRows): LogRecord[] {
  return rows.flatMap((row) => readRecord(row, unreadable) ?? [])
}
