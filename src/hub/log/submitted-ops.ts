import type { Kysely } from 'kysely'
import { oddIdOf } from '#domain/entity-ids.ts'
import { isPrivateScope, isUuid, TEAM_SCOPE } from '#domain/log/ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { Sha256 } from '#domain/log/record.ts'
import { isStorable } from '#domain/log/storable-text.ts'
import type { Admission } from '#domain/members/admission.ts'
import { isFit } from '#domain/step.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'
import type { UnreadableRows } from '../database/unreadable.ts'

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

/** The shared scopes that an op may be written to; they must be locked before anything in them is read. */
export function sharedScopesOf({ op }: GivenOp): string[] {
  if (!op || isPrivateScope(op.scope)) return []
  return op.type === 'member.join' ? [op.scope, TEAM_SCOPE] : [op.scope]
}
