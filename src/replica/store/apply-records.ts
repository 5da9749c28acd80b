import { hash as digest } from 'node:crypto'
import { appliedFromRecord } from '#domain/log/applied.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import { chainText, CHAIN_START, type LogRecord } from '#domain/log/record.ts'
import { step, understands } from '#domain/step.ts'
import type { AttentionTexts } from './attention-texts.ts'
import type { EntityTable } from './entity-table.ts'
import type { Meta } from './meta.ts'
import type { Outbox, OutboxRow } from './outbox.ts'
import type { FindOvertaken } from './overtaken-texts.ts'
import type { RecordLog } from './record-log.ts'
import type { Returns } from './returns.ts'
import { createTransactionEntities, overlayPending, type Change, type TransactionEntities } from './transaction-entities.ts'

/** Why a batch of records was applied only up to a point. */
type Stop =
  /** The records do not follow the stored ones: pull from the cursor. */
  | { kind: 'gap'; have: number }
  /** The hub's log differs from the stored one. */
  | { kind: 'forked'; at: number }
  /** A newer version wrote an op that this one must not skip: the scope is read-only until the update. */
  | { kind: 'frozen'; type: string }

export type ApplyResult = { kind: 'applied'; changes: Change[]; rejected: number } | Stop

export type ApplyParts = {
  table: EntityTable
  meta: Meta
  outbox: Outbox
  log: RecordLog
  attention: AttentionTexts
  findOvertaken: FindOvertaken
  returns: Returns
}

/** A batch of records of one scope while it is applied. */
type Batch = {
  readonly scope: string
  readonly actorId: string
  /** The cursor before the batch. */
  readonly from: number
  readonly entities: TransactionEntities
  /** Most records come from elsewhere while no own op is pending. */
  readonly hasPending: boolean
  /** Whether records may be among those set aside. */
  readonly mayReturn: boolean
  /** The last record applied. */
  seq: number
  hash: string
  rejected: number
}

const sha256 = (text: string): string => digest('sha256', text)

const ownOp = ({ op_id, scope, bytes }: OutboxRow) => ({ opId: op_id, scope, bytes })

function opIdOf(bytes: string): string {
  const parsed = parseOp(bytes)
  return parsed.ok ? parsed.op.opId : ''
}

/** Takes a stored record: it can acknowledge an op that was pushed again although the hub already had it. */
function takeStored({ outbox, log, attention }: ApplyParts, batch: Batch, record: LogRecord): Stop | null {
  const own = batch.hasPending && record.seq <= batch.from ? outbox.find(opIdOf(record.bytes)) : undefined
  if (!own) return null
  const stored = log.hashAt(batch.scope, record.seq)
  if (stored !== null && stored !== record.hash) return { kind: 'forked', at: record.seq }
  outbox.remove(own.op_id)
  // The snapshot already contains its effect. The record is kept too, so that it can be pushed again to a hub that lost it (P4).
  if (stored === null) log.add(batch.scope, record, false)
  if (record.outcome.kind === 'rejected') {
    // It was still in the outbox, so its author has not been told yet.
    batch.rejected += 1
    attention.keepRejected(ownOp(own), record)
  }
  batch.entities.touch(own.kind, own.entity_id)
  return null
}

function takeOp({ outbox, attention, findOvertaken, returns }: ApplyParts, batch: Batch, record: LogRecord, op: Op): void {
  const target = batch.entities.touch(op.entity.kind, op.entity.id)
  if (record.outcome.kind === 'accepted') {
    const after = step(target.canonical, op, appliedFromRecord(record, op))
    // No saved text disappears silently: an overwritten one is kept for its author.
    for (const text of findOvertaken(target.canonical, after, op, record, batch.actorId))
      attention.keepOvertaken(batch.scope, text, record.hubTime)
    target.canonical = after
  } else {
    batch.rejected += 1
    // The author's own copy of the text is used, whatever the hub stored.
    const own = batch.hasPending ? outbox.find(op.opId)?.bytes : undefined
    attention.keepRejected({ opId: op.opId, scope: op.scope, bytes: own ?? record.bytes }, record)
  }
  if (batch.hasPending) outbox.remove(op.opId)
  if (batch.mayReturn) returns.note(op, record)
}

/** Takes a rejected text that cannot be parsed: it must not block the outbox for ever. */
function takeUnreadable({ outbox, attention }: ApplyParts, batch: Batch, record: LogRecord): void {
  if (!batch.hasPending || record.outcome.kind !== 'rejected') return
  for (const own of outbox.findByText(record.bytes)) {
    batch.rejected += 1
    attention.keepRejected(ownOp(own), record)
    outbox.remove(own.op_id)
    batch.entities.touch(own.kind, own.entity_id)
  }
}

/** Takes a record after the last one applied, unless it does not follow it. */
function takeNext(parts: ApplyParts, batch: Batch, record: LogRecord): Stop | null {
  if (record.seq !== batch.seq + 1) return { kind: 'gap', have: batch.seq }
  if (sha256(chainText(batch.hash, record)) !== record.hash) return { kind: 'forked', at: record.seq }
  const parsed = parseOp(record.bytes)
  const unknown = parsed.ok && record.outcome.kind === 'accepted' && !understands(parsed.op)
  if (parsed.ok) {
    const { op } = parsed
    if (unknown && op.critical) return { kind: 'frozen', type: `${op.type}@${op.version}` }
    takeOp(parts, batch, record, op)
  } else takeUnreadable(parts, batch, record)
  parts.log.add(batch.scope, record, unknown)
  batch.seq = record.seq
  batch.hash = record.hash
  return null
}

/**
 * Applies records of one scope, oldest first, within a transaction of the caller. Records that follow the cursor are kept; the
 * first one that does not ends the batch with its reason.
 */
export function applyRecords(
  parts: ApplyParts,
  scope: string,
  records: readonly LogRecord[],
): { result: ApplyResult; changes: readonly Change[] } {
  const { table, meta, outbox, log, returns } = parts
  const cursor = log.cursor(scope) ?? { scope, seq: 0, hash: CHAIN_START, frozen: null }
  if (cursor.frozen) return { result: { kind: 'frozen', type: cursor.frozen }, changes: [] }
  const batch: Batch = {
    scope,
    actorId: meta.read('memberId') ?? '',
    from: cursor.seq,
    entities: createTransactionEntities(table),
    hasPending: !outbox.isEmpty(),
    mayReturn: returns.waiting(),
    seq: cursor.seq,
    hash: cursor.hash,
    rejected: 0,
  }
  let stop: Stop | null = null
  for (const record of records) {
    stop = record.seq <= batch.seq ? takeStored(parts, batch, record) : takeNext(parts, batch, record)
    if (stop) break
  }
  for (const entity of batch.entities.touched()) {
    if (batch.hasPending) overlayPending(entity, outbox, batch.actorId)
    else Object.assign(entity, { view: entity.canonical, pending: false })
  }
  log.moveCursor({ scope, seq: batch.seq, hash: batch.hash, frozen: stop?.kind === 'frozen' ? stop.type : null })
  const changes = batch.entities.flush()
  return { result: stop ?? { kind: 'applied', changes, rejected: batch.rejected }, changes }
}
