import { HOUR } from '#domain/durations.ts'
import { chainText, type LogRecord, type Outcome, type Sha256 } from '#domain/log/record.ts'
import type { LogTransaction } from './log-transaction.ts'

/** A record before its hash is known. */
export type Unsigned = Omit<LogRecord, 'hash'>

/** If the last record is further ahead than this, the clock was corrected since; continuing from it would keep later times wrong. */
const SET_BACK_MS = HOUR

/** The time of the next record: the hub's clock, never before the last record, which another node may have written. */
const notBefore = (last: number, now: number) => (last > now && last - now <= SET_BACK_MS ? last : now)

/** Appends records to scopes that a transaction has locked. */
export function createAppender(set: LogTransaction, { sha256, now }: { sha256: Sha256; now(): number }) {
  /** Builds the next record of a scope without appending it. */
  const nextRecord = (scope: string, outcome: Outcome, bytes: string, actor: string) =>
    ({
      scope,
      seq: set.headOf(scope).seq + 1,
      hubTime: notBefore(set.headOf(scope).hubTime, now()),
      actor,
      outcome,
      bytes,
    }) as Unsigned

  /** @param id the ID that the record is found by */
  function put(id: string, unsigned: Unsigned): LogRecord {
    const { scope, seq, hubTime, actor, outcome, bytes } = unsigned
    const hash = sha256(chainText(set.headOf(scope).hash, unsigned))
    set.append({ scope, seq, op_id: id, hub_time: hubTime, actor, outcome: JSON.stringify(outcome), bytes, hash })
    return { ...unsigned, hash }
  }

  return {
    nextRecord,
    put,
    /** The time of the next record of a scope, milliseconds since 1970. */
    timeIn: (scope: string): number => notBefore(set.headOf(scope).hubTime, now()),
    append: (scope: string, id: string, outcome: Outcome, bytes: string, actor: string) =>
      put(id, nextRecord(scope, outcome, bytes, actor)),
  }
}
