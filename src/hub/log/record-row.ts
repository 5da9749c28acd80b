import { LogRecord } from '#domain/log/record.ts'
import type { RecordRow } from '../database/hub-tables.ts'

/** A record as it is told, from its row. */
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
