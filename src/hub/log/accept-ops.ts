import { MEMBER } from '#domain/members/member-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { isPrivateScope, privateScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { stillHolds } from '#domain/notices/notice-rules.ts'
import { lentReaders } from '#domain/permissions/readers.ts'
import { step } from '#domain/step.ts'
import { evidenceNamedBy } from '#domain/timeline/entry-ops.ts'
import { createAppender, type Unsigned } from './append-record.ts'
import { createNoticeGiver, type ReadyNotice } from './give-notices.ts'
import { createOpJudge, isActiveMember, type OpJudge } from './judge.ts'
import { NotLoaded } from './loading.ts'
import type { LogTransaction } from './log-transaction.ts'
import { decidingIncident, type AccessChange, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import { beyondId, isKept, REFUSED_KEPT, withoutWords } from './refused-texts.ts'
import { ClonedReplica, type GivenOp, type HubEdge, type Session } from './submitted-ops.ts'

/** The outcome of an op: a refusal, or everything that it changes. All reads happen here; nothing is changed. */
type Fate =
  { refusal: Refusal } | { refusal: null; before: Entity | undefined; after: Entity | undefined; ready: ReadyNotice[]; unsigned: Unsigned }

/** Notes how an op changes who may read what. */
function noteAccess(
  set: LogTransaction,
  { readersHere }: OpJudge,
  now: number,
  { before, after }: { before: Entity | undefined; after: Entity },
  changes: AccessChange[],
): void {
  if (after.kind === 'incident') {
    const from: Readers = before ? readersHere(before.scope) : []
    set.change(after)
    const to = readersHere(after.scope)
    const lent = lentReaders(after)
    const isSame = JSON.stringify(from) === JSON.stringify(to)
    if (isSame && JSON.stringify(lent) === JSON.stringify(lentReaders(before))) return
    set.setReaders(after.scope, to, new Map(lent.map(({ memberId, until }) => [memberId, until])))
    if (!isSame) changes.push({ kind: 'scope', scope: after.scope, before: from, after: to })
  } else if (after.kind === 'member') {
    const [from, to] = [isActiveMember(before, now), isActiveMember(after, now)]
    if (from !== to) changes.push({ kind: 'member', memberId: after.id, before: from, after: to })
  }
}

/** Accepts ops one after the other in a log transaction. */
export type OpAcceptor = {
  readersHere(scope: string): Readers
  /**
   * The private scopes that an op may be written to or give notices in. They are locked after all others and all at once, so that
   * two nodes never deadlock.
   */
  privateScopesOf(given: GivenOp, session: Session): string[]
  /** Requests the data that judging an op always reads. */
  want(given: GivenOp, session: Session): void
  /**
   * Appends the record of an op, once, and the notices that it causes; everything is read before anything is changed.
   * @param together all ops of the submission
   * @param access collects the changes of read access
   * @throws NotLoaded when data must be loaded first; nothing is changed then
   * @throws ClonedReplica when the whole submission must be rejected
   */
  accept(given: GivenOp, session: Session, together: readonly GivenOp[], access: AccessChange[]): LogRecord
}

export function createOpAcceptor(set: LogTransaction, edge: HubEdge): OpAcceptor {
  const opJudge = createOpJudge(set, edge)
  const { readersHere, mayRead, knownTo, judge } = opJudge
  const { nextRecord, put, append } = createAppender(set, edge)
  const notices = createNoticeGiver(set, edge.sha256, append)

  function refused({ id, text, awaited }: Pick<GivenOp, 'id' | 'text' | 'awaited'>, refusal: Refusal, memberId: string): LogRecord {
    const scope = privateScope(memberId)
    if (isKept(set.refusedOf(memberId), text)) {
      set.keepRefused(memberId, text)
      return append(scope, id, { kind: 'rejected', ...refusal }, text, memberId)
    }
    edge.onOverQuota?.()
    if (awaited !== null) return append(scope, id, { kind: 'rejected', ...refusal }, withoutWords(awaited), memberId)
    const one = set.record(beyondId(memberId))
    return (
      (one && readRecord(one, edge.unreadable)) ??
      append(
        scope,
        one ? `${beyondId(memberId)} ${set.headOf(scope).seq}` : beyondId(memberId),
        { kind: 'rejected', ...refuse('refused-too-often', REFUSED_KEPT) },
        '',
        memberId,
      )
    )
  }

  function countOp({ replicaId, counter }: Op, memberId: string): void {
    if (counter <= set.counterOf(replicaId, memberId)) throw new ClonedReplica(replicaId)
    set.count(replicaId, memberId, counter)
  }

  function weigh({ op, text, fit }: GivenOp & { op: Op }, session: Session, together: readonly GivenOp[]): Fate {
    const { memberId } = session
    const refusal = judge(op, session, together)
    if (refusal) return { refusal }
    const before = set.entity(op.entity.kind, op.entity.id)
    const ready = fit ? notices.ready(op, memberId) : []
    const unsigned = nextRecord(op.scope, { kind: 'accepted' }, text, memberId)
    return { refusal, before, after: step(before, op, appliedFromRecord(unsigned, op)), ready, unsigned }
  }

  /** An op that cannot be judged because of bad stored data is refused, so that later ops are not blocked. */
  function weighAnyway(given: GivenOp & { op: Op }, session: Session, together: readonly GivenOp[]): Fate {
    try {
      return weigh(given, session, together)
    } catch (error) {
      if (error instanceof NotLoaded) throw error
      edge.onUnjudged?.(error, given.op)
      return { refusal: refuse('unreadable-here', { kind: given.op.entity.kind }) }
    }
  }

  return {
    readersHere,
    privateScopesOf({ op, fit }, { memberId }) {
      const own = privateScope(memberId)
      if (!op || !fit) return [own]
      return isPrivateScope(op.scope) ? [own, op.scope] : [own, ...notices.scopesOf(op, memberId)]
    },
    want(given, { memberId }) {
      set.wantRecord(given.id)
      set.wantRefused(memberId)
      if (given.awaited === null) set.wantRecord(beyondId(memberId))
      set.wantEntity(MEMBER.kind, memberId)
      if (!given.op) return
      for (const needed of given.op.after ?? []) set.wantRecord(needed)
      set.wantEntity(given.op.entity.kind, given.op.entity.id)
      const incidentId = decidingIncident(given.op.scope)
      if (incidentId !== null) set.wantEntity(INCIDENT.kind, incidentId)
      if (given.fit) notices.want(given.op)
    },
    accept(given, session, together, access) {
      const { memberId } = session
      const known = knownTo(memberId, given.id)
      if (known.record) return known.record
      if (known.taken) {
        // The ID belongs to something that the sender may not know of. The answer goes to them alone and is the same each time.
        const id = `${given.id} ${memberId}`
        const before = set.record(id)
        const told = before && readRecord(before, edge.unreadable)
        if (told) return told
        const free = before ? `${id} ${set.headOf(privateScope(memberId)).seq + 1}` : id
        return refused({ ...given, id: free }, refuse('already-exists'), memberId)
      }
      const { op } = given
      if (!op) return refused(given, refuse('malformed', { detail: given.detail }), memberId)
      const fate = weighAnyway({ ...given, op }, session, together)
      if (session.counts) countOp(op, memberId)
      if (fate.refusal) return refused(given, fate.refusal, memberId)
      const { before, after, ready } = fate
      const record = put(given.id, fate.unsigned)
      if (after && after !== before) {
        noteAccess(set, opJudge, edge.now(), { before, after }, access)
        set.change(after)
      }
      if (after?.kind === 'entry') set.name(evidenceNamedBy(op), op.scope, memberId)
      // Access is checked after the op, which may have added a reader.
      for (const notice of ready)
        if (stillHolds(notice, after) && mayRead(notice.recipient, op.scope)) notices.give(notice, op.hlc, memberId)
      return record
    },
  }
}
