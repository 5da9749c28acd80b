import { randomUUID } from 'node:crypto'
import { FOLLOWERS } from '#domain/incidents/followers-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { Hlc } from '#domain/log/hybrid-clock.ts'
import { HUB_ACTOR, incidentOfScope, isUuid, privateScope, Uuid, type ScopeId } from '#domain/log/ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { LogRecord, Outcome, Sha256 } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import { noticeId } from '#domain/notices/notice-id.ts'
import { noticeVersion } from '#domain/notices/notice-ops.ts'
import type { DueNotice } from '#domain/notices/notice.ts'
import { mayCauseNotices, mayReachMembers, noticesOf, possibleRecipients, type Cause } from '#domain/notices/notice-rules.ts'
import type { RecordRow } from '../database/hub-tables.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import type { LogTransaction } from './log-transaction.ts'

/** How many ids are derived for a notice while others hold them; after that its id is random. */
const TURNS = 8

/** The replica ID of ops that no device wrote. */
export const HUB_REPLICA = HUB_ACTOR

/** A notice with its recipient, scope and earlier state loaded. */
export type ReadyNotice = DueNotice & { id: Uuid; scope: ScopeId; before: Entity | undefined }

/** Whether a record is a notice: others in the same private scope can have any ID that their author chose. */
function isNotice({ outcome, bytes }: RecordRow): boolean {
  const parsed = parseOp(bytes)
  // Nobody but the hub has one accepted.
  return parsed.ok && parsed.op.type === 'notice.made' && outcome === JSON.stringify({ kind: 'accepted' })
}

type Append = (scope: string, id: string, outcome: Outcome, bytes: string, actor: string) => LogRecord

/**
 * Makes notices in a log transaction, for an op that is `fit` (its body can be read) or for a timer. Every read may throw
 * `NotLoaded` before anything changes; recipients that cannot be read get no notice.
 */
export function createNoticeGiver(set: LogTransaction, sha256: Sha256, append: Append) {
  function look(kind: string, id: string): Entity | undefined {
    try {
      return set.entity(kind, id)
    } catch (error) {
      if (error instanceof UnreadableRow) return undefined
      throw error
    }
  }

  const isMember = (id: string) => isUuid(id) && look('member', id) !== undefined

  function causeOf(op: Op, actor: string): Cause {
    const incidentId = incidentOfScope(op.scope)
    const here = (kind: string) => {
      const entity = incidentId === null ? undefined : look(kind, incidentId)
      return entity?.scope === op.scope ? entity : undefined
    }
    return {
      op,
      actor,
      before: look(op.entity.kind, op.entity.id),
      incident: INCIDENT.as(here(INCIDENT.kind))?.state,
      followers: FOLLOWERS.as(here(FOLLOWERS.kind))?.state,
    }
  }

  /** The ID to give a notice under, with the entity's earlier state; null when it was given before. */
  function freeId({ recipient, content }: DueNotice): Pick<ReadyNotice, 'id' | 'before'> | null {
    const scope = privateScope(recipient)
    for (let turn = 0; turn < TURNS; turn++) {
      const id = noticeId(content.cause, content.rule, recipient, sha256, turn)
      set.wantRecord(id)
      set.wantEntity('notice', id)
      const record = set.record(id)
      if (record?.scope === scope && isNotice(record)) return null
      const before = look('notice', id)
      if (record === null && (before === undefined || before.scope === scope)) return { id, before }
    }
    // Somebody took all of them. Rather told twice than never.
    return { id: Uuid.parse(randomUUID()), before: undefined }
  }

  /** The notices that were not given yet, for members only. */
  function prepare(notices: readonly DueNotice[]): ReadyNotice[] {
    return notices.flatMap((due): ReadyNotice[] => {
      const free = isMember(due.recipient) ? freeId(due) : null
      return free ? [{ ...due, ...free, scope: privateScope(due.recipient) }] : []
    })
  }

  return {
    /** Requests the data needed to determine the recipients. */
    want(op: Op): void {
      const incidentId = incidentOfScope(op.scope)
      if (incidentId !== null && mayCauseNotices(op)) set.wantEntity('followers', incidentId)
    },

    /** The private scopes that may receive notices of an op or of its follow-ups. */
    scopesOf(op: Op, actor: string): string[] {
      if (!mayReachMembers(op)) return []
      return possibleRecipients(causeOf(op, actor)).flatMap((id) => (isMember(id) ? [privateScope(id)] : []))
    },

    /** The notices that an op causes if it is accepted, computed on the state before it. */
    ready(op: Op, actor: string): ReadyNotice[] {
      return mayCauseNotices(op) ? prepare(noticesOf(causeOf(op, actor))) : []
    },

    prepare,

    /** Reads an entity; undefined also when it is unreadable. */
    look,

    /**
     * Appends a notice to its recipient's private scope, with the causing member as actor. Reads nothing.
     * @param hlc the clock value of the cause
     */
    give({ id, scope, before, content }: ReadyNotice, hlc: Hlc, actor: string): LogRecord {
      const notice: Op = {
        opId: id,
        scope,
        replicaId: HUB_REPLICA,
        counter: 1,
        entity: { kind: 'notice', id },
        type: 'notice.made',
        version: noticeVersion(content),
        body: content,
        hlc,
        baseSeq: 0,
      }
      const record = append(scope, id, { kind: 'accepted' }, JSON.stringify(notice), actor)
      const after = step(before, notice, appliedFromRecord(record, notice))
      if (after && after !== before) set.change(after)
      return record
    },
  }
}
