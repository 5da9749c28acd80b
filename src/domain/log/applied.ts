import type { Applied } from './entity.ts'
import { clampHlc, hlcMillis } from './hybrid-clock.ts'
import type { Op } from './op.ts'
import type { LogRecord } from './record.ts'

/** How a recorded op enters the fold. Everything comes from the record, so that every reader folds the same. */
export function appliedFromRecord(record: Omit<LogRecord, 'hash'>, op: Op): Applied {
  return {
    opId: op.opId,
    scope: record.scope,
    seq: record.seq,
    actor: record.actor,
    recordedAt: record.hubTime,
    hlc: clampHlc(op.hlc, record.hubTime),
    // Nobody has seen what is not written yet, whatever an op claims.
    baseSeq: Math.min(op.baseSeq, record.seq - 1),
    replicaId: op.replicaId,
  }
}

/** How a pending op enters the view of its author, before the hub has seen it. */
export function appliedPending(op: Op, actor: string): Applied {
  return {
    opId: op.opId,
    scope: op.scope,
    seq: null,
    actor,
    recordedAt: hlcMillis(op.hlc),
    hlc: op.hlc,
    baseSeq: op.baseSeq,
    replicaId: op.replicaId,
  }
}
