import { MEMBER } from '#domain/members/member-entity.ts'
import type { Db } from '#storage/open-database.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { HLC_START, tickHlc, type Hlc } from '#domain/log/hybrid-clock.ts'
import { MAX_OP_LENGTH, parseOp, type Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/step.ts'
import type { Admission } from '#domain/members/admission.ts'
import { revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { LATEST_REVEALS } from '#domain/privacy/reveal.ts'
import type { Refusal } from '#domain/log/refusal.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Draft } from '#domain/commands/command.ts'
import { timeCorrection } from './clock-offset.ts'
import type { EntityTable } from './entity-table.ts'
import type { Meta } from './meta.ts'
import type { Outbox } from './outbox.ts'
import type { Cursor, RecordLog } from './record-log.ts'
import { createTransactionEntities, type Change, type TransactionEntities } from './transaction-entities.ts'

export type StoreEdge = {
  /** Milliseconds since 1970. */
  now(): number
  uuid(): string
  /** Monotonic milliseconds from any start; defaults to the process's own. */
  elapsed?(): number
}

export type WrittenOps = { opIds: string[]; changes: Change[] }

/** What is read to judge an op beside the entities. */
export type JudgingFacts = {
  /** How this device's member was admitted: by the accepted invite, or by founding the team if no member is known yet. */
  admission(): Admission
  /** The ids of all members that this device knows. */
  memberIds(): string[]
  /** Times of a member's recent reveals of personal data, as far as this device knows; milliseconds since 1970. */
  revealTimes(memberId: string): number[]
}

export function createJudgingFacts(db: Db, meta: Meta): JudgingFacts {
  const anyMember = db.prepare<[], { id: string }>("SELECT id FROM entity WHERE kind = 'member' LIMIT 1")
  const allMembers = db.prepare<[], string>("SELECT id FROM entity WHERE kind = 'member'").pluck()
  const revealsOf = db
    .prepare<[string, string, number], number>(
      "SELECT sort_at FROM entity WHERE kind = 'reveal' AND id >= ? AND id < ? ORDER BY sort_at DESC LIMIT ?",
    )
    .pluck()
  return {
    admission() {
      const invited = meta.read('admission')
      if (invited !== null) return JSON.parse(invited) as Admission
      return anyMember.get() === undefined ? { kind: 'founder' } : null
    },
    memberIds: () => allMembers.all(),
    revealTimes(memberId) {
      const { from, below } = revealIdsOf(memberId)
      return revealsOf.all(from, below, LATEST_REVEALS)
    },
  }
}

export type WriteParts = { table: EntityTable; meta: Meta; outbox: Outbox; log: RecordLog; facts: JudgingFacts; edge: StoreEdge }

/** The author of an op and the moment at which it is judged (the hub's clock, milliseconds since 1970). */
type Author = { actorId: string; now: number }

function judge(facts: JudgingFacts, entities: TransactionEntities, { actorId, now }: Author, op: Op): Refusal | null {
  const { read } = entities
  const actor = MEMBER.read({ read }, actorId)?.state ?? null
  const admission = op.type === 'member.join' ? facts.admission() : null
  return decide({ actorId, actor, now, admission, read, memberIds: facts.memberIds, reveals: () => facts.revealTimes(actorId) }, op)
}

/** The text of an op, as it is pushed, recorded and hashed. `after` are the ops that it must follow. */
function opText(
  draft: Draft,
  op: { opId: string; replicaId: string; counter: number; hlc: Hlc; baseSeq: number },
  opIds: string[],
): string {
  const after = draft.after?.map((index) => opIds[index])
  return JSON.stringify({
    opId: op.opId,
    scope: draft.scope,
    replicaId: op.replicaId,
    counter: op.counter,
    entity: { kind: draft.kind, id: draft.id },
    type: draft.type,
    version: draft.version ?? 1,
    body: draft.body,
    hlc: op.hlc,
    baseSeq: op.baseSeq,
    ...(after ? { after } : {}),
  })
}

/**
 * Writes ops of this device's member to the outbox and their effect to the views. A transaction of the caller is required and
 * must be rolled back on failure.
 */
export function writeOps({ table, meta, outbox, log, facts, edge }: WriteParts, drafts: readonly Draft[]): Result<WrittenOps> {
  const replicaId = meta.require('replicaId')
  const actorId = meta.read('memberId')
  if (actorId === null) return fail('not-set-up')
  let hlc: Hlc = meta.read('hlc') ?? HLC_START
  let counter = Number(meta.read('counter') ?? '0')
  let place = outbox.lastPlace()
  const clockOffset = Number(meta.read('clockOffset') ?? '0')
  const now = edge.now() + timeCorrection(meta)
  const entities = createTransactionEntities(table)
  const opIds: string[] = []
  const cursors = new Map<string, Cursor | undefined>()
  for (const draft of drafts) {
    const { scope, kind, id } = draft
    if (!cursors.has(scope)) cursors.set(scope, log.cursor(scope))
    const cursor = cursors.get(scope)
    if (cursor?.frozen) return fail('unknown-type', { type: cursor.frozen, version: 0 })
    hlc = tickHlc(hlc, edge.now() + clockOffset)
    counter += 1
    const opId = edge.uuid()
    const bytes = opText(draft, { opId, replicaId, counter, hlc, baseSeq: cursor?.seq ?? 0 }, opIds)
    const parsed = parseOp(bytes)
    if (!parsed.ok)
      return fail('malformed', { detail: parsed.reason === 'too-large' ? `${bytes.length} > ${MAX_OP_LENGTH}` : parsed.detail })
    const refusal = judge(facts, entities, { actorId, now }, parsed.op)
    if (refusal) return { ok: false, failure: refusal }
    const target = entities.touch(kind, id)
    target.view = step(target.view, parsed.op, appliedPending(parsed.op, actorId))
    target.pending = true
    place += 1
    outbox.add({ place, op_id: opId, scope, kind, entity_id: id, bytes, made_at: edge.now() })
    opIds.push(opId)
  }
  const changes = entities.flush()
  meta.write('hlc', hlc)
  meta.write('counter', String(counter))
  return done({ opIds, changes })
}
