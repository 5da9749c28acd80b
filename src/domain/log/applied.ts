import type { Applied } from './entity.ts'
import { clampHlc, hlcMillis } from './hybrid-clock.ts'
import type { Op } from './op.ts'
import type { LogRecord } from './record.ts'

/** The inputs of the fold for a recorded op. All come from the record, so that every reader folds the same. */
export function appliedFromRecord(record: Omit<LogRecord, 'hash'>, op: Op): Applied {
  return {
    opId: op.opId,
    scope: record.scope,
    seq: record.seq,
    actor: record.actor,
    recordedAt: record.hubTime,
    hlc: clampHlc(op.hlc, record.hubTime),
    // No author can have seen a later record, whatever the op claims.
    baseSeq: Math.min(op.baseSeq, record.seq - 1),
    replicaId: op.replicaId,
  }
}

/** The inputs of the fold for a pending op in its author's view, before the hub has received it. */
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
