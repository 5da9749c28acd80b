import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { isPrivateScope, isUuid, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { oddIdOf } from '#domain/entity-ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { LogRecord, Sha256 } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { decide, isFit, step } from '#domain/step.ts'
import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { lentReaders } from '#domain/permissions/readers.ts'
import { stillHolds } from '#domain/notices/notice-rules.ts'
import { evidenceNamedBy } from '#domain/timeline/entry-ops.ts'
import { createAppender, type Unsigned } from './append-record.ts'
import { createNoticeGiver, type ReadyNotice } from './give-notices.ts'
import { decidingIncident, isAmong, scopeReaders, type AccessChange, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import type { UnreadableRows } from './unreadable.ts'
import { beyondId, isKept, REFUSED_KEPT, withoutWords } from './refused-texts.ts'
import { isStorable, NotLoaded, type LogTransaction } from './log-transaction.ts'

/** Who submits: the member that the session stands for, and what lets them join where they are not a member yet. */
export type Session = {
  memberId: string
  admission: Admission
  /** True for a device, which numbers its ops one after the other; left out, numbers are not looked at. */
  counts?: boolean
  /** Whoever has the hub's machine in hand lets this member in again as an owner, whatever was done to them. */
  recovers?: boolean
  /** The sign-in it comes by: nothing is taken in once that has been taken back. Left out where there is none. */
  sessionId?: string | null
  /** A restricted scope that an owner takes over by this, since nobody in standing may read it. */
  reaches?: string
}

/**
 * A device says something new under a number that it has passed already: another one runs with a copy of its data. Nothing of
 * what it sent is taken in; under an identity of its own it may say the same again (sync study, "Copied/cloned replica").
 */
export class ClonedReplica extends Error {
  override readonly name = 'ClonedReplica'
}

/**
 * An op as it was given, read once. Its text is what is recorded and hashed. One that names something by no proper id is not
 * taken for an op; from one that is not `fit` nothing is read before it has been judged. `awaited` is it where a device may wait
 * for an answer to it.
 */
export type GivenOp = { text: string; id: string; op: Op | null; fit: boolean; detail: string; awaited: Op | null }

/** What the log takes from outside. */
export type HubEdge = {
  now(): number
  sha256: Sha256
  unreadable: UnreadableRows
  /** Told of an op that could not be judged: what it is about holds what nobody expects. It is refused for that. */
  onUnjudged?(error: unknown, op: Op): void
  /** Told of a refused text that is not kept word for word any more, since its author has had too many refused. */
  onOverQuota?(): void
}

/**
 * Reads an op's text. What no database can keep as it is would come back as something else and break the chain: half a
 * surrogate pair and, in a text that is no op anyway, a NUL are replaced before anything is hashed.
 */
export function readOp(given: string, sha256: Sha256): GivenOp {
  const text = given.toWellFormed()
  const parsed = parseOp(text)
  const odd = parsed.ok ? (isStorable(parsed.op.entity.kind) ? oddIdOf(parsed.op) : 'entity.kind') : parsed.reason
  if (parsed.ok && odd === null) return { text, id: parsed.op.opId, op: parsed.op, fit: isFit(parsed.op), detail: '', awaited: parsed.op }
  const kept = text.replaceAll('\0', '\uFFFD')
  // Its device waits for an answer under the id that it gave it, whatever else is wrong.
  const awaited = parsed.ok && isUuid(parsed.op.opId) ? parsed.op : null
  return { text: kept, id: awaited?.opId ?? `malformed:${sha256(kept)}`, op: null, fit: false, detail: odd ?? '', awaited }
}

/** Whether somebody is a member who may read at all now. */
export function isActiveMember(member: Entity | undefined, now: number): boolean {
  return standingOf(MEMBER.as(member)?.state ?? null, now) === null
}

/** A member as the owner that they are again from here on. */
function asOwner(member: MemberState | null): MemberState | null {
  return member && { ...member, status: 'active', vendor: null, owner: true }
}

/** The scopes of all that an op may come to stand in, which have to be locked before anything of it is read. */
export function sharedScopesOf({ op }: GivenOp): string[] {
  if (!op || isPrivateScope(op.scope)) return []
  return op.type === 'member.join' ? [op.scope, TEAM_SCOPE] : [op.scope]
}

/**
 * Judges ops one after the other on a working set. Judging reads only what the author may read: to them a restricted scope
 * and what stands in it is not there, so that no answer differs from the one about something that never was.
 */
export function createJudge(set: LogTransaction, edge: HubEdge) {
  const readersHere = (scope: string): Readers => scopeReaders(scope, (id) => set.entity('incident', id), edge.now())

  const memberState = (memberId: string) => MEMBER.as(set.entity(MEMBER.kind, memberId))?.state ?? null

  const { nextRecord, put, append } = createAppender(set, edge)

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

  const notices = createNoticeGiver(set, edge.sha256, append)

  const mayRead = (memberId: string, scope: string) => {
    if (scope === privateScope(memberId)) return true
    return isActiveMember(set.entity('member', memberId), edge.now()) && isAmong(readersHere(scope), memberId)
  }

  /** The record that an op already has, as far as its sender may know of it: their own, or one in a scope they read. */
  function knownTo(memberId: string, id: string): { record: LogRecord | null; taken: boolean } {
    const row = set.record(id)
    if (!row) return { record: null, taken: false }
    const record = row.actor === memberId || mayRead(memberId, row.scope) ? readRecord(row, edge.unreadable) : null
    return { record, taken: record === null }
  }

  /** Whether nobody is left who may read a restricted scope. */
  const isLeft = (scope: string) => {
    const readers = readersHere(scope)
    return readers !== 'everyone' && readers.every((id) => !isActiveMember(set.entity('member', id), edge.now()))
  }

  /**
   * What an author did that an op tells of: acts that it names and that stand in the log, or that come with it, directly before
   * or behind it; of those behind it only what would be accepted.
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
    // Nothing is written into the team's log before its founder has joined.
    const founding = join && set.headOf(TEAM_SCOPE).seq === 0
    const context = {
      actorId: memberId,
      actor: recovers && op.entity.kind === 'member' ? asOwner(memberState(memberId)) : memberState(memberId),
      now: edge.now(),
      admission: founding ? ({ kind: 'founder' } as const) : admission,
      read,
      acts: (note: Op) => actsOf(note, session, together),
      reveals: () => set.reveals(memberId),
      takesOver,
    }
    const refusal = decide(context, op)
    if (refusal) return refusal
    // An id is taken or not, whoever may read what has it: a declaration is told no more of a restricted incident than of any other.
    if (!visible(op.scope)) return refuse(op.type === 'incident.declare' ? 'already-exists' : 'not-found')
    const target = set.entity(op.entity.kind, op.entity.id)
    // Hidden from its author, and taken all the same: two things cannot have one name.
    return target && !visible(target.scope) ? refuse('already-exists') : null
  }

  function countOp({ replicaId, counter }: Op, memberId: string): void {
    if (counter <= set.counterOf(replicaId, memberId)) throw new ClonedReplica(replicaId)
    set.count(replicaId, memberId, counter)
  }

  function noteAccess(before: Entity | undefined, after: Entity, changes: AccessChange[]): void {
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
      const [from, to] = [isActiveMember(before, edge.now()), isActiveMember(after, edge.now())]
      if (from !== to) changes.push({ kind: 'member', memberId: after.id, before: from, after: to })
    }
  }

  /** What becomes of an op: why it may not stand, or all that it changes. Everything is read here, and nothing is changed. */
  type Fate =
    | { refusal: Refusal }
    | { refusal: null; before: Entity | undefined; after: Entity | undefined; ready: ReadyNotice[]; unsigned: Unsigned }

  function weigh({ op, text, fit }: GivenOp & { op: Op }, session: Session, together: readonly GivenOp[]): Fate {
    const { memberId } = session
    const refusal = judge(op, session, together)
    if (refusal) return { refusal }
    const before = set.entity(op.entity.kind, op.entity.id)
    const ready = fit ? notices.ready(op, memberId) : []
    const unsigned = nextRecord(op.scope, { kind: 'accepted' }, text, memberId)
    return { refusal, before, after: step(before, op, appliedFromRecord(unsigned, op)), ready, unsigned }
  }

  /** An op that cannot be judged, because of what stands in the database, is refused like any other: behind it others wait. */
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

    /**
     * The scopes of single members that an op may come to stand in, or give notices in. They are locked after all the others and
     * all at once, so that two nodes never wait for each other.
     */
    privateScopesOf({ op, fit }: GivenOp, { memberId }: Session): string[] {
      const own = privateScope(memberId)
      if (!op || !fit) return [own]
      return isPrivateScope(op.scope) ? [own, op.scope] : [own, ...notices.scopesOf(op, memberId)]
    },

    /** Asks for what judging an op will read at any rate. */
    want(given: GivenOp, { memberId }: Session): void {
      set.wantRecord(given.id)
      set.wantRefused(memberId)
      if (given.awaited === null) set.wantRecord(beyondId(memberId))
      set.wantEntity('member', memberId)
      if (!given.op) return
      for (const needed of given.op.after ?? []) set.wantRecord(needed)
      set.wantEntity(given.op.entity.kind, given.op.entity.id)
      const incidentId = decidingIncident(given.op.scope)
      if (incidentId !== null) set.wantEntity('incident', incidentId)
      if (given.fit) notices.want(given.op)
    },

    /**
     * Gives an op its record, once, and beside it the notices that it causes; everything that it reads is read before anything is changed.
     * @param together everything that was submitted with it
     * @param access takes up what the op changes about who may read what
     * @throws NotLoaded when something has to be loaded first; nothing is changed then
     * @throws ClonedReplica when nothing of the submission may be taken in
     */
    accept(given: GivenOp, session: Session, together: readonly GivenOp[], access: AccessChange[]): LogRecord {
      const { memberId } = session
      const known = knownTo(memberId, given.id)
      if (known.record) return known.record
      if (known.taken) {
        // An id that stands for something the sender may not know of. Told to them alone, and told alike each time.
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
        noteAccess(before, after, access)
        set.change(after)
      }
      if (after?.kind === 'entry') set.name(evidenceNamedBy(op), op.scope, memberId)
      // Who may read it is asked after the op: it may have made somebody a reader.
      for (const notice of ready)
        if (stillHolds(notice, after) && mayRead(notice.recipient, op.scope)) notices.give(notice, op.hlc, memberId)
      return record
    },
  }
}
