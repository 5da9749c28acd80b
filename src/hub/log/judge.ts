import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { isPrivateScope, isUuid, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { oddIdOf } from '#domain/entity-ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { LogRecord, Sha256 } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { decide, isFit, step } from '#domain/step.ts'
import { isStorable } from '#domain/log/storable-text.ts'
import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { lentReaders } from '#domain/permissions/readers.ts'
import { stillHolds } from '#domain/notices/notice-rules.ts'
import { evidenceNamedBy } from '#domain/timeline/entry-ops.ts'
import type { Kysely } from 'kysely'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import { createAppender, type Unsigned } from './append-record.ts'
import { createNoticeGiver, type ReadyNotice } from './give-notices.ts'
import { decidingIncident, isAmong, scopeReaders, type AccessChange, type Readers } from './readers.ts'
import { readRecord } from './record-row.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { beyondId, isKept, REFUSED_KEPT, withoutWords } from './refused-texts.ts'
import { NotLoaded } from './loading.ts'
import type { LogTransaction } from './log-transaction.ts'

/** The submitter: the session's member, and the admission that lets a non-member join. */
export type Session = {
  memberId: string
  admission: Admission
  /** True for a device, which numbers its ops consecutively; otherwise numbers are not checked. */
  counts?: boolean
  /** True when someone with access to the hub's machine reinstates this member as an owner. */
  recovers?: boolean
  /** The sign-in that submits; nothing is accepted after it was revoked. Omitted when there is none. */
  sessionId?: string | null
  /** A restricted scope that an owner takes over because no active member may read it. */
  reaches?: string
}

/**
 * A device sent a new op under a number that it has already used: another device runs with a copy of its data. The whole submission
 * is rejected; the device may send it again under a new replica ID (sync study, "Copied/cloned replica").
 */
export class ClonedReplica extends Error {
  override readonly name = 'ClonedReplica'
}

/** The submitting session was revoked, at this node or another; nothing is accepted. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded'
}

/**
 * An op as submitted, parsed once. Its text is what is recorded and hashed. Text with malformed IDs is not treated as an op; the
 * body of one that is not `fit` is not read before judging. `awaited` is the op when a device may wait for an answer to it.
 */
export type GivenOp = { text: string; id: string; op: Op | null; fit: boolean; detail: string; awaited: Op | null }

/** Dependencies and callbacks of the log. */
export type HubEdge = {
  now(): number
  sha256: Sha256
  unreadable: UnreadableRows
  /**
   * Whether all these sessions are valid. Locks them until the commit: after a revocation is answered, nothing more is accepted
   * from that session.
   */
  lockSessions(tx: Kysely<HubTables>, engine: Engine, ids: readonly string[]): Promise<boolean>
  /** Called for an op that could not be judged because the stored data is unexpected. The op is refused. */
  onUnjudged?(error: unknown, op: Op): void
  /** Called when a refused text is not kept verbatim because its author exceeded the quota. */
  onOverQuota?(): void
}

/**
 * Parses an op's text. Characters that a database cannot store unchanged would break the chain: unpaired surrogates and, in text
 * that is not an op, NUL are replaced before hashing.
 */
export function readOp(given: string, sha256: Sha256): GivenOp {
  const text = given.toWellFormed()
  const parsed = parseOp(text)
  const odd = parsed.ok ? (isStorable(parsed.op.entity.kind) ? oddIdOf(parsed.op) : 'entity.kind') : parsed.reason
  if (parsed.ok && odd === null) return { text, id: parsed.op.opId, op: parsed.op, fit: isFit(parsed.op), detail: '', awaited: parsed.op }
  const kept = text.replaceAll('\0', '\uFFFD')
  // The device waits for an answer under this ID even if the rest is invalid.
  const awaited = parsed.ok && isUuid(parsed.op.opId) ? parsed.op : null
  return { text: kept, id: awaited?.opId ?? `malformed:${sha256(kept)}`, op: null, fit: false, detail: odd ?? '', awaited }
}

/** Whether the member is active and may read now. */
export function isActiveMember(member: Entity | undefined, now: number): boolean {
  return standingOf(MEMBER.as(member)?.state ?? null, now) === null
}

/** The member with the owner role restored. */
function asOwner(member: MemberState | null): MemberState | null {
  return member && { ...member, status: 'active', vendor: null, owner: true }
}

/** The shared scopes that an op may be written to; they must be locked before anything in them is read. */
export function sharedScopesOf({ op }: GivenOp): string[] {
  if (!op || isPrivateScope(op.scope)) return []
  return op.type === 'member.join' ? [op.scope, TEAM_SCOPE] : [op.scope]
}

/**
 * Judges ops one after the other in a log transaction. Judging reads only what the author may read: restricted scopes appear not to
 * exist, so that an answer never reveals them.
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

  /** The record that an op already has, if the sender may know of it: their own, or one in a scope that they read. */
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

  /** The outcome of an op: a refusal, or everything that it changes. All reads happen here; nothing is changed. */
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

    /**
     * The private scopes that an op may be written to or give notices in. They are locked after all others and all at once, so that
     * two nodes never deadlock.
     */
    privateScopesOf({ op, fit }: GivenOp, { memberId }: Session): string[] {
      const own = privateScope(memberId)
      if (!op || !fit) return [own]
      return isPrivateScope(op.scope) ? [own, op.scope] : [own, ...notices.scopesOf(op, memberId)]
    },

    /** Requests the data that judging an op always reads. */
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
     * Appends the record of an op, once, and the notices that it causes; everything is read before anything is changed.
     * @param together all ops of the submission
     * @param access collects the changes of read access
     * @throws NotLoaded when data must be loaded first; nothing is changed then
     * @throws ClonedReplica when the whole submission must be rejected
     */
    accept(given: GivenOp, session: Session, together: readonly GivenOp[], access: AccessChange[]): LogRecord {
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
        noteAccess(before, after, access)
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
