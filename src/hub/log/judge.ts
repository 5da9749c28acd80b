import type { Entity } from '#domain/log/entity.ts'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { decide } from '#domain/step.ts'
import type { LogTransaction } from './log-transaction.ts'
import { isAmong, scopeReaders, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import { readOp, type GivenOp, type HubEdge, type Session } from './submitted-ops.ts'

/** Whether the member is active and may read now. */
export function isActiveMember(member: Entity | undefined, now: number): boolean {
  return standingOf(MEMBER.as(member)?.state ?? null, now) === null
}

/** The member with the owner role restored. */
function asOwner(member: MemberState | null): MemberState | null {
  return member && { ...member, status: 'active', vendor: null, owner: true }
}

/**
 * Judges ops on a log transaction, without changing it. Judging reads only what the author may read: restricted scopes appear not to
 * exist, so that an answer never reveals them.
 */
export type OpJudge = {
  readersHere(scope: string): Readers
  mayRead(memberId: string, scope: string): boolean
  /** The record that an op already has, if the sender may know of it: their own, or one in a scope that they read. */
  knownTo(memberId: string, id: string): { record: LogRecord | null; taken: boolean }
  /** @param together all ops of the submission */
  judge(op: Op, session: Session, together: readonly GivenOp[]): Refusal | null
}

export function createOpJudge(set: LogTransaction, edge: HubEdge): OpJudge {
  const readersHere = (scope: string): Readers => scopeReaders(scope, (id) => set.entity('incident', id), edge.now())

  const memberState = (memberId: string) => MEMBER.as(set.entity(MEMBER.kind, memberId))?.state ?? null

  const mayRead = (memberId: string, scope: string) => {
    if (scope === privateScope(memberId)) return true
    return isActiveMember(set.entity('member', memberId), edge.now()) && isAmong(readersHere(scope), memberId)
  }

  function knownTo(memberId: string, id: string): { record: LogRecord | null; taken: boolean } {
    const row = set.record(id)
    if (!row) return { record: null, taken: false }
    const record = row.actor === memberId || mayRead(memberId, row.scope) ? readRecord(row, edge.unreadable) : null
    return { record, taken: record === null }
  }

  /** Whether no member remains who may read a restricted scope. */
  const isLeft = (scope: string) => {
    const readers = readersHere(scope)
    return readers !== 'everyone' && readers.every((id) => !isActiveMember(set.entity('member', id), edge.now()))
  }

  /**
   * The author's actions that an op describes: actions that it names and that are in the log, or that are submitted directly before
   * or after it; of those after it, only actions that would be accepted.
   */
  function actsOf(op: Op, session: Session, together: readonly GivenOp[]): Op[] {
    const stands = (id: string) => {
      const row = set.record(id)
      const record = row?.actor === session.memberId && row.scope === op.scope ? readRecord(row, edge.unreadable) : null
      return record?.outcome.kind === 'accepted' ? readOp(record.bytes, edge.sha256).op : null
    }
    const named = (op.after ?? []).flatMap((id) => stands(id) ?? [])
    const beside = together.flatMap(({ op: other }) => {
      if (!other || other.replicaId !== op.replicaId || Math.abs(other.counter - op.counter) !== 1) return []
      const waits =
        other.after?.includes(op.opId) === true && other.after.length === 1 && judge({ ...other, after: [] }, session, []) === null
      return waits ? [other] : (stands(other.opId) ?? [])
    })
    return [...named, ...beside]
  }

  function judge(op: Op, session: Session, together: readonly GivenOp[]): Refusal | null {
    const { memberId, admission, reaches, recovers } = session
    const takesOver = reaches === op.scope && op.type === 'incident.restrict' && isLeft(op.scope)
    const visible = (scope: string) => (takesOver && scope === op.scope) || isAmong(readersHere(scope), memberId)
    for (const needed of op.after ?? []) {
      const { record } = knownTo(memberId, needed)
      if (!record || record.outcome.kind === 'rejected') return refuse('depends-on-rejected', { opId: needed })
    }
    const read = (kind: string, id: string) => {
      const found = set.entity(kind, id)
      return found && visible(found.scope) ? found : undefined
    }
    const join = op.type === 'member.join'
    // Nothing is written to the team's log before its founder has joined.
    const founding = join && set.headOf(TEAM_SCOPE).seq === 0
    const context = {
      actorId: memberId,
      actor: recovers && op.entity.kind === 'member' ? asOwner(memberState(memberId)) : memberState(memberId),
      now: edge.now(),
      admission: founding ? ({ kind: 'founder' } as const) : admission,
      read,
      acts: (note: Op) => actsOf(note, session, together),
      memberIds: () => set.memberIds(),
      reveals: () => set.reveals(memberId),
      takesOver,
    }
    const refusal = decide(context, op)
    if (refusal) return refusal
    // An ID is taken regardless of who may read its entity; a declaration does not reveal whether that is a restricted incident.
    if (!visible(op.scope)) return refuse(op.type === 'incident.declare' ? 'already-exists' : 'not-found')
    const target = set.entity(op.entity.kind, op.entity.id)
    // Hidden from the author, but the ID is still taken and must stay unique.
    return target && !visible(target.scope) ? refuse('already-exists') : null
  }

  return { readersHere, mayRead, knownTo, judge }
}
