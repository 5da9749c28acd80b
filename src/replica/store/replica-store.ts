import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { sqliteCode, type Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { KNOWN_OP_TYPES } from '#domain/features.ts'
import { fail, type Failure, type Result } from '#contract/failures.ts'
import type { Draft } from '#domain/commands/command.ts'
import { applyRecords, type ApplyResult } from './apply-records.ts'
import { createAttentionTexts } from './attention-texts.ts'
import { createEntityTable } from './entity-table.ts'
import { createMeta, type Meta } from './meta.ts'
import { createOutbox } from './outbox.ts'
import { createOvertakenTexts } from './overtaken-texts.ts'
import { createRecordLog, type Cursor } from './record-log.ts'
import { createReturns } from './returns.ts'
import { createTransactionEntities, overlayPending, type Change } from './transaction-entities.ts'
import { createJudgingFacts, writeOps, type StoreEdge, type WrittenOps } from './write-ops.ts'

export type { Change, Draft, StoreEdge }

export const REAL_EDGE: StoreEdge = { now: Date.now, uuid: () => uuidv7() }

/** The op types that this version understands, as the replica stores them. */
export const KNOWN_TYPES = KNOWN_OP_TYPES.join(' ')

/** A text to push. */
export type PendingOp = { opId: string; bytes: string; scope: string }

/**
 * The op store of the replica. Writing: outbox row and view in one transaction, durable before it returns. Receiving: records,
 * cursor and views in one transaction. View = canonical state + own pending ops on that entity, in order.
 */
export type ReplicaStore = {
  readonly meta: Meta
  read(kind: string, id: string): Entity | undefined
  /** Set when the disk failed during any write of this file: nothing more is acknowledged on this connection (reliability study, D5). */
  readonly broken: string | null
  /** Tells of an error that other code met while it wrote to the same file; others than a failed disk are ignored. */
  noteFailure(error: unknown): void
  /**
   * Writes ops of this device's member, all or none. On success they are on disk.
   * @returns the op ids, or why they were refused
   */
  commit(drafts: readonly Draft[]): Result<WrittenOps>
  /** Applies records of one scope, oldest first. Records already stored are skipped. */
  apply(scope: string, records: readonly LogRecord[]): ApplyResult
  /** The same within a transaction of the caller, for rebuilding. */
  applyInside(scope: string, records: readonly LogRecord[]): ApplyResult
  /** Announces views that other code wrote; call after the commit. */
  noteChanges(changes: readonly Change[]): void
  /** Adds own pending ops on entities that the log does not contain yet, within a transaction of the caller. */
  overlayPending(): void
  /** Notes that the hub holds these records, without applying them: some of them may be set aside. */
  noteReturns(records: readonly LogRecord[]): void
  /** Own unacknowledged ops that may be pushed, in order of writing. */
  pendingOps(limit: number): PendingOp[]
  /** How many ops are unacknowledged, and when the oldest was written (milliseconds since 1970). */
  pendingCount(): { count: number; since: number | null }
  cursor(scope: string): Cursor | null
  cursors(): Cursor[]
  /**
   * On the first opening, gives the device its identity. Later, reports whether this version knows other op types than the last
   * one; the views must then be rebuilt, and every opening reports it until that is done.
   */
  prepareIdentity(): { knowsMore: boolean }
}

/** Thrown inside a transaction to roll it back with an expected failure. */
class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super('refused')
    this.failure = failure
  }
}

/** A failed write that is reported instead of thrown, or null. */
function writeFailure(error: unknown): Failure | null {
  if (error instanceof Refused) return error.failure
  const code = sqliteCode(error) ?? ''
  if (code.startsWith('SQLITE_READONLY')) return fail('read-only').failure
  return /^SQLITE_(IOERR|FULL|BUSY|LOCKED)/.test(code) ? fail('not-saved', { detail: code }).failure : null
}

function prepareIdentity(meta: Meta): { knowsMore: boolean } {
  if (meta.read('replicaId') === null) meta.write('replicaId', randomUUID())
  const before = meta.read('knownTypes')
  if (before === null) meta.write('knownTypes', KNOWN_TYPES)
  return { knowsMore: before !== null && before !== KNOWN_TYPES }
}

/** @param onChanges called with every view that was written, after the commit */
export function createReplicaStore(
  db: Db,
  edge: StoreEdge = REAL_EDGE,
  onChanges: (changes: readonly Change[]) => void = () => undefined,
): ReplicaStore {
  const meta = createMeta(db)
  const table = createEntityTable(db)
  const outbox = createOutbox(db)
  const log = createRecordLog(db)
  const returns = createReturns(db)
  const writing = { table, meta, outbox, log, edge, facts: createJudgingFacts(db, meta) }
  const applying = {
    table,
    meta,
    outbox,
    log,
    returns,
    attention: createAttentionTexts(db),
    findOvertaken: createOvertakenTexts(db),
  }
  let broken: string | null = null

  const write = db.transaction((drafts: readonly Draft[]) => {
    const result = writeOps(writing, drafts)
    if (!result.ok) throw new Refused(result.failure)
    return result
  })
  const apply = db.transaction((scope: string, records: readonly LogRecord[]) => applyRecords(applying, scope, records))

  /** After a failed write or sync the state on disk is unknown, whichever write failed; a full disk is known and can be retried. */
  function noteFailure(error: unknown): void {
    const code = sqliteCode(error)
    if (code?.startsWith('SQLITE_IOERR')) broken = code
  }

  return {
    meta,
    read: (kind, id) => table.hold(kind, id).view,
    get broken() {
      return broken
    },
    noteFailure,
    commit(drafts) {
      if (broken !== null) return fail('not-saved', { detail: broken })
      try {
        const written = write.immediate(drafts)
        onChanges(written.value.changes)
        return written
      } catch (error) {
        noteFailure(error)
        const failure = writeFailure(error)
        if (!failure) throw error
        return { ok: false, failure }
      }
    },
    apply(scope, records) {
      try {
        const { result, changes } = apply.immediate(scope, records)
        onChanges(changes)
        return result
      } catch (error) {
        noteFailure(error)
        throw error
      }
    },
    applyInside: (scope, records) => applyRecords(applying, scope, records).result,
    noteChanges: onChanges,
    overlayPending() {
      const actorId = meta.read('memberId') ?? ''
      const entities = createTransactionEntities(table)
      for (const { kind, entity_id: id } of outbox.all()) overlayPending(entities.touch(kind, id), outbox, actorId)
      entities.flush()
    },
    noteReturns(records) {
      db.transaction(() => {
        for (const record of records) {
          const parsed = parseOp(record.bytes)
          if (parsed.ok) returns.note(parsed.op, record)
        }
      }).immediate()
    },
    pendingOps: (limit) => outbox.toSend(limit).map(({ op_id, bytes, scope }) => ({ opId: op_id, bytes, scope })),
    pendingCount: outbox.count,
    cursor: (scope) => log.cursor(scope) ?? null,
    cursors: log.cursors,
    prepareIdentity: () => db.transaction(() => prepareIdentity(meta)).immediate(),
  }
}
