import type { Db } from '#storage/open-database.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'

type Aside = { hub_time: number; actor: string; bytes: string }

/** The content of an op, independent of the device that wrote it. */
function contentOf(bytes: string): string {
  const parsed = parseOp(bytes)
  if (!parsed.ok) return bytes
  const { replicaId: _replica, counter: _counter, ...rest } = parsed.op
  return JSON.stringify(rest)
}

export type Returns = {
  /** Whether any record is set aside. */
  waiting(): boolean
  /** Notes an op that the hub has recorded. An op that had been acknowledged before is recorded later than then, by the same member. */
  note(op: Op, record: LogRecord): void
}

/** Compares records from the hub with those set aside; equal ones are no longer missing. */
export function createReturns(db: Db): Returns {
  const any = db.prepare<[], { one: number }>('SELECT 1 AS one FROM set_aside LIMIT 1')
  const find = db.prepare<[string, string], Aside>('SELECT hub_time, actor, bytes FROM set_aside WHERE scope = ? AND op_id = ?')
  const drop = db.prepare('DELETE FROM set_aside WHERE scope = ? AND op_id = ?')
  const alter = db.prepare('UPDATE set_aside SET altered = 1 WHERE scope = ? AND op_id = ?')
  return {
    waiting: () => any.get() !== undefined,
    note(op, { outcome, bytes, actor, hubTime }) {
      const aside = find.get(op.scope, op.opId)
      if (!aside) return
      // A rejected op is kept for its author in the list of what needs attention.
      const same =
        outcome.kind === 'rejected' ||
        (actor === aside.actor && hubTime > aside.hub_time && (bytes === aside.bytes || contentOf(bytes) === contentOf(aside.bytes)))
      ;(same ? drop : alter).run(op.scope, op.opId)
    },
  }
}
