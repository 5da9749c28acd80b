import { hash as digest, randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { MEMBER } from '#domain/members/member-entity.ts'
import { sqliteCode, type Db } from '#storage/open-database.ts'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { HLC_START, tickHlc, type Hlc } from '#domain/log/hybrid-clock.ts'
import { MAX_OP_LENGTH, parseOp } from '#domain/log/op.ts'
import { chainText, CHAIN_START, LogRecord } from '#domain/log/record.ts'
import { decide, step, understands } from '#domain/step.ts'
import { KNOWN_OP_TYPES } from '#domain/features.ts'
import type { Admission } from '#domain/members/admission.ts'
import { revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { LATEST_REVEALS } from '#domain/privacy/reveal.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Draft } from '#domain/commands/command.ts'
import { timeCorrection } from './clock-offset.ts'
import { createEntityTable, type Held, type Tally } from './entity-table.ts'
import { createMeta } from './meta.ts'
import { createOvertakenTexts } from './overtaken-texts.ts'
import { createReturns } from './returns.ts'

export type { Draft }

/** An entity whose view was written, its row, and whether its labels changed. */
export type Change = { kind: string; id: string; scope: string; row: number | null; relabelled: boolean }

export type StoreEdge = {
  now(): number
  uuid(): string
  /** Monotonic milliseconds from any start; defaults to the process's own. */
  elapsed?(): number
}

export const REAL_EDGE: StoreEdge = { now: Date.now, uuid: () => uuidv7() }

type OutboxRow = { place: number; op_id: string; scope: string; kind: string; entity_id: string; bytes: string; made_at: number }
type CursorRow = { scope: string; seq: number; hash: string; frozen: string | null }

/** The op types that this version understands, as the replica stores them. */
export const KNOWN_TYPES = KNOWN_OP_TYPES.join(' ')

export type ApplyResult =
  | { kind: 'applied'; changes: Change[]; rejected: number }
  /** The records do not follow the stored ones: pull from the cursor. */
  | { kind: 'gap'; have: number }
  /** The hub's log differs from the stored one. */
  | { kind: 'forked'; at: number }
  /** A newer version wrote an op that this one must not skip: the scope is read-only until the update. */
  | { kind: 'frozen'; type: string }

/**
 * The op store of the replica. Writing: outbox row and view in one transaction, durable before it returns. Receiving: records,
 * cursor and views in one transaction. View = canonical state + own pending ops on that entity, in order.
 * @param onChanges called with every view that was written, after the commit
 */
export function createReplicaStore(db: Db, edge: StoreEdge = REAL_EDGE, onChanges: (changes: readonly Change[]) => void = () => undefined) {
  const table = createEntityTable(db)
  const meta = createMeta(db)
  const insertOutbox = db.prepare('INSERT INTO outbox (place, op_id, scope, kind, entity_id, bytes, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const removeOutbox = db.prepare('DELETE FROM outbox WHERE op_id = ?')
  const pendingOn = db.prepare<[string, string], { bytes: string }>(
    'SELECT bytes FROM outbox WHERE kind = ? AND entity_id = ? ORDER BY place',
  )
  const pendingByText = db.prepare<[string], OutboxRow>('SELECT * FROM outbox WHERE bytes = ?')
  const hashAt = db.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
  const pendingById = db.prepare<[string], OutboxRow>('SELECT * FROM outbox WHERE op_id = ?')
  const firstPending = db.prepare<[number], OutboxRow>('SELECT * FROM outbox ORDER BY place LIMIT ?')
  // Ops in a scope that the hub does not know wait until it does.
  const firstToSend = db.prepare<[number], OutboxRow>(
    'SELECT * FROM outbox WHERE scope NOT IN (SELECT scope FROM absent_scope WHERE offered = 0) ORDER BY place LIMIT ?',
  )
  const lastPlace = db.prepare<[], { place: number | null }>('SELECT max(place) AS place FROM outbox')
  const countPending = db.prepare<[], { count: number; since: number | null }>(
    'SELECT count(*) AS count, min(made_at) AS since FROM outbox',
  )
  const insertAttention = db.prepare('INSERT OR IGNORE INTO attention (op_id, scope, bytes, code, params, at) VALUES (?, ?, ?, ?, ?, ?)')
  const insertRecord = db.prepare(
    'INSERT INTO record (scope, seq, hub_time, actor, outcome, bytes, hash, parked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const readCursor = db.prepare<[string], CursorRow>('SELECT scope, seq, hash, frozen FROM cursor WHERE scope = ?')
  const writeCursor = db.prepare(
    'INSERT INTO cursor (scope, seq, hash, frozen) VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, frozen = excluded.frozen',
  )
  const readCursors = db.prepare<[], CursorRow>('SELECT scope, seq, hash, frozen FROM cursor ORDER BY scope')
  const anyMember = db.prepare<[], { id: string }>("SELECT id FROM entity WHERE kind = 'member' LIMIT 1")
  const revealsOf = db
    .prepare<[string, string, number], number>(
      "SELECT sort_at FROM entity WHERE kind = 'reveal' AND id >= ? AND id < ? ORDER BY sort_at DESC LIMIT ?",
    )
    .pluck()
  const overtakenBy = createOvertakenTexts(db)
  const returns = createReturns(db)
  let broken: string | null = null

  const opIdOf = (bytes: string): string => {
    const parsed = parseOp(bytes)
    return parsed.ok ? parsed.op.opId : ''
  }
  const sha256 = (text: string) => digest('sha256', text)

  /** The entities that one transaction touches; each is read once and written once. */
  function openSlot() {
    const held = new Map<string, Held & { before: Entity | undefined; touched: boolean; kind: string; id: string }>()
    const slot = (kind: string, id: string) => {
      const key = `${kind}\n${id}`
      let found = held.get(key)
      if (!found) {
        const now = table.hold(kind, id)
        found = { ...now, before: now.view, touched: false, kind, id }
        held.set(key, found)
      }
      return found
    }
    const flush = (): Change[] => {
      const changes: Change[] = []
      const tally: Tally = new Map()
      for (const one of held.values()) {
        if (!one.touched) continue
        const saved = table.save(one.kind, one.id, one, one.before, tally)
        const scope = (one.view ?? one.before ?? one.canonical)?.scope
        if (scope !== undefined) changes.push({ kind: one.kind, id: one.id, scope, ...saved })
      }
      table.saveTally(tally)
      return changes
    }
    return { slot, flush }
  }

  /** How this device's member was admitted: by the accepted invite, or by founding the team if no member is known yet. */
  function admissionHere(): Admission {
    const invited = meta.read('admission')
    if (invited !== null) return JSON.parse(invited) as Admission
    return anyMember.get() === undefined ? { kind: 'founder' } : null
  }

  /** Times of a member's recent reveals of personal data, as far as this device knows. */
  function revealTimes(memberId: string): number[] {
    const { from, below } = revealIdsOf(memberId)
    return revealsOf.all(from, below, LATEST_REVEALS)
  }

  function writeOps(drafts: readonly Draft[]): Result<{ opIds: string[]; changes: Change[] }> {
    const replicaId = meta.require('replicaId')
    const actorId = meta.read('memberId')
    if (actorId === null) return fail('not-set-up')
    let hlc: Hlc = meta.read('hlc') ?? HLC_START
    let counter = Number(meta.read('counter') ?? '0')
    let place = lastPlace.get()?.place ?? 0
    const clockOffset = Number(meta.read('clockOffset') ?? '0')
    const now = edge.now() + timeCorrection(meta)
    const { slot, flush } = openSlot()
    const read = (kind: string, id: string) => slot(kind, id).view
    const opIds: string[] = []
    const cursors = new Map<string, CursorRow | undefined>()
    for (const draft of drafts) {
      if (!cursors.has(draft.scope)) cursors.set(draft.scope, readCursor.get(draft.scope))
      const cursor = cursors.get(draft.scope)
      if (cursor?.frozen) return fail('unknown-type', { type: cursor.frozen, version: 0 })
      hlc = tickHlc(hlc, edge.now() + clockOffset)
      counter += 1
      const opId = edge.uuid()
      const after = draft.after?.map((index) => opIds[index])
      const text = JSON.stringify({
        opId,
        scope: draft.scope,
        replicaId,
        counter,
        entity: { kind: draft.kind, id: draft.id },
        type: draft.type,
        version: draft.version ?? 1,
        body: draft.body,
        hlc,
        baseSeq: cursor?.seq ?? 0,
        ...(after ? { after } : {}),
      })
      const parsed = parseOp(text)
      if (!parsed.ok)
        return fail('malformed', { detail: parsed.reason === 'too-large' ? `${text.length} > ${MAX_OP_LENGTH}` : parsed.detail })
      const actor = MEMBER.read({ read }, actorId)
      const admission = draft.type === 'member.join' ? admissionHere() : null
      const refusal = decide({ actorId, actor: actor?.state ?? null, now, admission, read, reveals: () => revealTimes(actorId) }, parsed.op)
      if (refusal) return { ok: false, failure: refusal }
      const target = slot(draft.kind, draft.id)
      target.view = step(target.view, parsed.op, appliedPending(parsed.op, actorId))
      target.pending = true
      target.touched = true
      place += 1
      insertOutbox.run(place, opId, draft.scope, draft.kind, draft.id, text, edge.now())
      opIds.push(opId)
    }
    const changes = flush()
    meta.write('hlc', hlc)
    meta.write('counter', String(counter))
    return done({ opIds, changes })
  }

  /** Thrown inside a transaction to roll it back with an expected failure. */
  class Refused extends Error {
    readonly result: ReturnType<typeof fail>
    constructor(result: ReturnType<typeof fail>) {
      super('refused')
      this.result = result
    }
  }

  const writeInTransaction = db.transaction((drafts: readonly Draft[]) => {
    const result = writeOps(drafts)
    if (!result.ok) throw new Refused(result)
    return result
  })

  type Overlaid = Pick<Held, 'view' | 'pending'>

  function overlay(kind: string, id: string, canonical: Entity | undefined, actorId: string): Overlaid {
    let view = canonical
    let pending = false
    for (const { bytes } of pendingOn.all(kind, id)) {
      const parsed = parseOp(bytes)
      if (!parsed.ok) continue
      view = step(view, parsed.op, appliedPending(parsed.op, actorId))
      pending = true
    }
    return { view, pending }
  }

  const takeIn = (scope: string, records: readonly LogRecord[]): { result: ApplyResult; changes: Change[] } => {
    const actorId = meta.read('memberId') ?? ''
    const cursor = readCursor.get(scope) ?? { scope, seq: 0, hash: CHAIN_START, frozen: null }
    if (cursor.frozen) return { result: { kind: 'frozen', type: cursor.frozen }, changes: [] }
    let { seq, hash } = cursor
    const from = seq
    let rejected = 0
    // Records that follow the cursor are kept; the first one that does not ends the batch with its reason.
    let stop: ApplyResult | null = null
    const { slot, flush } = openSlot()
    const touched = new Set<ReturnType<typeof slot>>()
    // Most records come from elsewhere while no own op is pending.
    const hasPending = firstPending.get(1) !== undefined
    const awaited = returns.waiting()

    for (const record of records) {
      if (record.seq <= seq) {
        // An op that was pushed again although the hub already had it.
        const own = hasPending && record.seq <= from ? pendingById.get(opIdOf(record.bytes)) : undefined
        if (own) {
          const held = hashAt.get(scope, record.seq)
          if (held && held.hash !== record.hash) {
            stop = { kind: 'forked', at: record.seq }
            break
          }
          removeOutbox.run(own.op_id)
          // The snapshot already contains its effect. The record is kept too, so that it can be pushed again to a hub that lost it (P4).
          if (!held)
            insertRecord.run(scope, record.seq, record.hubTime, record.actor, JSON.stringify(record.outcome), record.bytes, record.hash, 0)
          if (record.outcome.kind === 'rejected') {
            // It was still in the outbox, so its author has not been told yet.
            rejected += 1
            insertAttention.run(own.op_id, own.scope, own.bytes, record.outcome.code, JSON.stringify(record.outcome.params), record.hubTime)
          }
          const target = slot(own.kind, own.entity_id)
          target.touched = true
          touched.add(target)
        }
        continue
      }
      if (record.seq !== seq + 1) stop = { kind: 'gap', have: seq }
      else if (sha256(chainText(hash, record)) !== record.hash) stop = { kind: 'forked', at: record.seq }
      if (stop) break
      const parsed = parseOp(record.bytes)
      const unknown = parsed.ok && record.outcome.kind === 'accepted' && !understands(parsed.op)
      if (parsed.ok) {
        const { op } = parsed
        if (unknown && op.critical) {
          stop = { kind: 'frozen', type: `${op.type}@${op.version}` }
          break
        }
        const target = slot(op.entity.kind, op.entity.id)
        target.touched = true
        touched.add(target)
        if (record.outcome.kind === 'accepted') {
          const after = step(target.canonical, op, appliedFromRecord(record, op))
          // No saved text disappears silently: an overwritten one is kept for its author.
          for (const { opId, bytes, field, by } of overtakenBy(target.canonical, after, op, record, actorId))
            insertAttention.run(opId, scope, bytes, 'text-overtaken', JSON.stringify({ field, by }), record.hubTime)
          target.canonical = after
        } else {
          rejected += 1
          // The author's own copy of the text is used, whatever the hub stored.
          const own = hasPending ? pendingById.get(op.opId)?.bytes : undefined
          insertAttention.run(
            op.opId,
            op.scope,
            own ?? record.bytes,
            record.outcome.code,
            JSON.stringify(record.outcome.params),
            record.hubTime,
          )
        }
        if (hasPending) removeOutbox.run(op.opId)
        if (awaited) returns.note(op, record)
      } else if (hasPending && record.outcome.kind === 'rejected') {
        // An op that the hub cannot parse must not block the outbox for ever.
        for (const own of pendingByText.all(record.bytes)) {
          rejected += 1
          insertAttention.run(own.op_id, own.scope, own.bytes, record.outcome.code, JSON.stringify(record.outcome.params), record.hubTime)
          removeOutbox.run(own.op_id)
          const target = slot(own.kind, own.entity_id)
          target.touched = true
          touched.add(target)
        }
      }
      insertRecord.run(
        scope,
        record.seq,
        record.hubTime,
        record.actor,
        JSON.stringify(record.outcome),
        record.bytes,
        record.hash,
        unknown ? 1 : 0,
      )
      seq = record.seq
      hash = record.hash
    }

    for (const target of touched) {
      const seen: Overlaid = hasPending
        ? overlay(target.kind, target.id, target.canonical, actorId)
        : { view: target.canonical, pending: false }
      Object.assign(target, seen)
    }
    writeCursor.run(scope, seq, hash, stop?.kind === 'frozen' ? stop.type : null)
    const changes = flush()
    return { result: stop ?? { kind: 'applied', changes, rejected }, changes }
  }
  const takeInTransaction = db.transaction(takeIn)

  /** After a failed write or sync the state on disk is unknown, whichever commit failed; a full disk is known and can be retried. */
  function noteFailure(error: unknown): void {
    const code = sqliteCode(error)
    if (code?.startsWith('SQLITE_IOERR')) broken = code
  }

  return {
    meta,
    read: (kind: string, id: string): Entity | undefined => table.hold(kind, id).view,
    /** Set when the disk failed during a commit: nothing more is acknowledged on this connection (reliability study, D5). */
    get broken() {
      return broken
    },

    /**
     * Writes ops of this device's member, all or none. On success they are on disk.
     * @returns the op ids, or why they were refused
     */
    commit(drafts: readonly Draft[]): Result<{ opIds: string[]; changes: Change[] }> {
      if (broken !== null) return fail('not-saved', { detail: broken })
      try {
        const written = writeInTransaction.immediate(drafts)
        onChanges(written.value.changes)
        return written
      } catch (error) {
        if (error instanceof Refused) return error.result
        noteFailure(error)
        const code = sqliteCode(error) ?? ''
        if (code.startsWith('SQLITE_READONLY')) return fail('read-only')
        if (!/^SQLITE_(IOERR|FULL|BUSY|LOCKED)/.test(code)) throw error
        return fail('not-saved', { detail: code })
      }
    },

    /** Applies records of one scope, oldest first. Records already stored are skipped. */
    apply(scope: string, records: readonly LogRecord[]): ApplyResult {
      try {
        const { result, changes } = takeInTransaction.immediate(scope, records)
        onChanges(changes)
        return result
      } catch (error) {
        noteFailure(error)
        throw error
      }
    },

    /** The same within a transaction of the caller, for rebuilding. */
    applyInside: (scope: string, records: readonly LogRecord[]): ApplyResult => takeIn(scope, records).result,

    /** Announces views that other code wrote; call after the commit. */
    noteChanges: onChanges,

    /** Adds own pending ops on entities that the log does not contain yet, within a transaction of the caller. */
    overlayPending(): void {
      const actorId = meta.read('memberId') ?? ''
      const { slot, flush } = openSlot()
      for (const { kind, entity_id } of firstPending.all(-1)) {
        const target = slot(kind, entity_id)
        target.touched = true
        Object.assign(target, overlay(kind, entity_id, target.canonical, actorId))
      }
      flush()
    },

    /** Notes that the hub holds these records, without applying them: some of them may be set aside. */
    noteReturns(records: readonly LogRecord[]): void {
      db.transaction(() => {
        for (const record of records) {
          const parsed = parseOp(record.bytes)
          if (parsed.ok) returns.note(parsed.op, record)
        }
      }).immediate()
    },

    /** Own unacknowledged ops that may be pushed, in order of writing. */
    pendingOps: (limit: number) => firstToSend.all(limit).map(({ op_id, bytes, scope }) => ({ opId: op_id, bytes, scope })),
    pendingCount: () => countPending.get() ?? { count: 0, since: null },
    cursor: (scope: string) => readCursor.get(scope) ?? null,
    cursors: () => readCursors.all(),

    /**
     * On the first opening, gives the device its identity. Later, reports whether this version knows other op types than the last
     * one; the views must then be rebuilt, and every opening reports it until that is done.
     */
    prepareIdentity(): { knowsMore: boolean } {
      return db
        .transaction(() => {
          if (meta.read('replicaId') === null) meta.write('replicaId', randomUUID())
          const before = meta.read('knownTypes')
          if (before === null) meta.write('knownTypes', KNOWN_TYPES)
          return { knowsMore: before !== null && before !== KNOWN_TYPES }
        })
        .immediate()
    },
  }
}

export type ReplicaStore = ReturnType<typeof createReplicaStore>
