import { chainText, type LogRecord, type Outcome, type Sha256 } from '#domain/log/record.ts'
import type { LogTransaction } from './log-transaction.ts'

/** A record before its hash is known. */
export type Unsigned = Omit<LogRecord, 'hash'>

/** A clock that was further ahead than this has been put right: going on from it would keep all that follows wrong. */
const SET_BACK_MS = 3_600_000

/** The time of the next record: the hub's, and not before that of the last one, which may be of another node. */
const notBefore = (last: number, now: number) => (last > now && last - now <= SET_BACK_MS ? last : now)

/** Appends records to scopes that a transaction has locked. */
export function createAppender(set: LogTransaction, { sha256, now }: { sha256: Sha256; now(): number }) {
  /** The next record of a scope, as it will stand once nothing can go wrong any more. */
  const nextRecord = (scope: string, outcome: Outcome, bytes: string, actor: string) =>
    ({
      scope,
      seq: set.headOf(scope).seq + 1,
      hubTime: notBefore(set.headOf(scope).hubTime, now()),
      actor,
      outcome,
      bytes,
    }) as Unsigned

  /** @param id under which the record is found again */
  function put(id: string, unsigned: Unsigned): LogRecord {
    const { scope, seq, hubTime, actor, outcome, bytes } = unsigned
    const hash = sha256(chainText(set.headOf(scope).hash, unsigned))
    set.append({ scope, seq, op_id: id, hub_time: hubTime, actor, outcome: JSON.stringify(outcome), bytes, hash })
    return { ...unsigned, hash }
  }

  return {
    nextRecord,
    put,
    append: (scope: string, id: string, outcome: Outcome, bytes: string, actor: string) =>
      put(id, nextRecord(scope, outcome, bytes, actor)),
  }
}
