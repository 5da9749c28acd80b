import type { Db } from '#storage/open-database.ts'
import type { LogRecord } from '#domain/log/record.ts'

/** How far a scope has been applied. `frozen` names the op type at which the replica stopped. */
export type Cursor = { scope: string; seq: number; hash: string; frozen: string | null }

/** The stored records of all scopes, and how far each scope has been applied. */
export type RecordLog = {
  cursor(scope: string): Cursor | undefined
  cursors(): Cursor[]
  moveCursor(cursor: Cursor): void
  /** @param parked whether this version cannot fold the record */
  add(scope: string, record: LogRecord, parked: boolean): void
  /** The hash of a stored record, or null when it is not stored. */
  hashAt(scope: string, seq: number): string | null
}

export function createRecordLog(db: Db): RecordLog {
  const insert = db.prepare(
    'INSERT INTO record (scope, seq, hub_time, actor, outcome, bytes, hash, parked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const hashAt = db.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
  const readCursor = db.prepare<[string], Cursor>('SELECT scope, seq, hash, frozen FROM cursor WHERE scope = ?')
  const readCursors = db.prepare<[], Cursor>('SELECT scope, seq, hash, frozen FROM cursor ORDER BY scope')
  const writeCursor = db.prepare(
    'INSERT INTO cursor (scope, seq, hash, frozen) VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, frozen = excluded.frozen',
  )
  return {
    cursor: (scope) => readCursor.get(scope),
    cursors: () => readCursors.all(),
    moveCursor: ({ scope, seq, hash, frozen }) => void writeCursor.run(scope, seq, hash, frozen),
    add(scope, { seq, hubTime, actor, outcome, bytes, hash }, parked) {
      insert.run(scope, seq, hubTime, actor, JSON.stringify(outcome), bytes, hash, parked ? 1 : 0)
    },
    hashAt: (scope, seq) => hashAt.get(scope, seq)?.hash ?? null,
  }
}
