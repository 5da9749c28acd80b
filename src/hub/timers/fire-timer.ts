import type { Kysely } from 'kysely'
import type { EntityKind } from '#domain/entity-kinds.ts'
import { FOLLOWERS } from '#domain/incidents/followers-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { HUB_ACTOR, incidentOfScope, privateScope, TEAM_SCOPE, type Uuid } from '#domain/log/ids.ts'
import type { LogRecord, Sha256 } from '#domain/log/record.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Op } from '#domain/log/op.ts'
import { derivedId } from '#domain/log/derived-id.ts'
import { actNotices, asksChange, asksGroups, asksMembers, asksWordings, momentActs, momentNotices } from '#domain/moments/moment-sources.ts'
import type { HubActs, HubOp, MomentFacts } from '#domain/notices/moment.ts'
import { step } from '#domain/step.ts'
import { momentId } from '#domain/notices/notice-id.ts'
import type { DueNotice } from '#domain/notices/notice.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { createAppender } from '../log/append-record.ts'
import { createNoticeGiver, HUB_REPLICA } from '../log/give-notices.ts'
import type { AnnouncedHead } from '../log/hub-log.ts'
import { isActiveMember } from '../log/judge.ts'
import { loading } from '../log/loading.ts'
import { createLogTransaction, type LogTransaction } from '../log/log-transaction.ts'
import { isAmong, scopeReaders } from '../log/readers.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import { isTimer, type ClaimedTimer } from './claim-timers.ts'

export type FireEdge = {
  now(): number
  sha256: Sha256
  unreadable: UnreadableRows
  /** Minutes east of Greenwich where the hub is, by which full hours are meant. Default: none. */
  offset?(at: number): number
  /** See `MomentFacts`; without it nobody counts. */
  unconfirmed?(wordingId: string): Promise<number | null>
}

/** What firing a timer has written. */
export type Fired = { records: LogRecord[]; heads: AnnouncedHead[] }

type Notices = ReturnType<typeof createNoticeGiver>

/** What a timer asks beyond its own entity, see `MomentFacts`. */
type Facts = Pick<MomentFacts, 'members' | 'groups' | 'wordings' | 'changedAt' | 'recordedAt' | 'unconfirmed'>

/** What firing a timer gives and writes. */
type Due = { due: DueNotice[]; ops: HubActs['ops'] }

/** The notices of a timer, for recipients who may read what it is about, and the ops of the hub. */
function dueOf(set: LogTransaction, notices: Notices, timer: ClaimedTimer, facts: Facts, edge: FireEdge): Due {
  const { now, sha256 } = edge
  const incidentId = incidentOfScope(timer.scope)
  set.wantEntity(timer.kind, timer.id)
  if (incidentId !== null) set.wantEntity('followers', incidentId)
  for (const id of facts.members) set.wantEntity('member', id)
  for (const id of facts.wordings) set.wantEntity('wording', id)
  for (const id of facts.groups) set.wantEntity('agent-group', id)
  const entity = notices.look(timer.kind, timer.id)
  const incident = incidentId === null ? undefined : INCIDENT.as(notices.look('incident', incidentId))
  if (entity?.scope !== timer.scope || (incidentId !== null && incident?.scope !== timer.scope)) return { due: [], ops: [] }
  const moment = { rule: timer.rule, about: timer.about, dueAt: timer.due_at }
  const cause = momentId(timer.kind, timer.id, moment, sha256)
  const given: MomentFacts = {
    ...facts,
    incident: incident?.state ?? null,
    followers: incidentId === null ? undefined : FOLLOWERS.as(notices.look('followers', incidentId))?.state,
    now: now(),
    offset: edge.offset?.(now()) ?? 0,
    read: notices.look,
  }
  const acts = momentActs(entity, moment, given)
  for (const { kind, id } of acts.ops) notices.look(kind, id)
  const found = [...momentNotices(entity, moment, cause, given), ...actNotices(entity, acts, cause)]
  const readers = scopeReaders(timer.scope, () => incident, now())
  for (const { recipient } of found) set.wantEntity('member', recipient)
  const due = found.filter(({ recipient }) => isAmong(readers, recipient) && isActiveMember(notices.look('member', recipient), now()))
  return { due, ops: acts.ops }
}

/** IDs for ops of the hub. They can be foreseen, so that anybody may have taken one: those are passed over. */
function opIdsFor(set: LogTransaction, ops: HubActs['ops'], timer: ClaimedTimer, sha256: Sha256): Uuid[] {
  const idOf = (index: number, turn: number) =>
    derivedId(['hub-op', timer.kind, timer.id, timer.rule, timer.about, timer.due_at, index, turn], sha256)
  for (const index of ops.keys()) set.wantRecord(idOf(index, 0))
  return ops.map((_op, index) => {
    let id = idOf(index, 0)
    for (let turn = 1; set.record(id) !== null; turn++) {
      id = idOf(index, turn)
      set.wantRecord(id)
    }
    return id
  })
}

/** Appends an op of the hub in the scope of a timer, which is locked, and folds it. Nobody judges it: only the hub makes such ops. */
function writeOp(
  set: LogTransaction,
  { append }: Pick<ReturnType<typeof createAppender>, 'append'>,
  { scope, now }: { scope: string; now: number },
  { kind, id, type, version = 1, body }: HubOp,
  opId: Uuid,
): LogRecord {
  const op: Op = {
    opId,
    scope: scope as Op['scope'],
    replicaId: HUB_REPLICA,
    counter: 1,
    entity: { kind, id },
    type,
    version,
    body,
    hlc: makeHlc(now, 0),
    baseSeq: set.headOf(scope).seq,
  }
  const before = set.entity(kind, id)
  const record = append(scope, opId, { kind: 'accepted' }, JSON.stringify(op), HUB_ACTOR)
  const after = step(before, op, appliedFromRecord(record, op))
  if (after && after !== before) set.change(after)
  return record
}

/** When level or status of an incident changed last. A quote within a text is escaped in an op, so only a type can match. */
async function changedAt(tx: Kysely<HubTables>, scope: string): Promise<number | null> {
  const found = await tx
    .selectFrom('record')
    .select('hub_time')
    .where('scope', '=', scope)
    .where('outcome', '=', JSON.stringify({ kind: 'accepted' }))
    .where((where) =>
      where.or(['incident.change-level', 'incident.set-status'].map((type) => where('bytes', 'like', `%"type":"${type}"%`))),
    )
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.hub_time ?? null
}

/**
 * Fires a claimed timer and marks it as fired in one log transaction. It first checks again that the timer is still claimed by this
 * node and still has an effect.
 * @returns null when the timer was deleted, moved, fired, or claimed by another node, or when the clock was set back before it is
 *   due: then it is released, unless it is astray, see `MomentSource`
 */
export async function fireTimer({ kysely, engine }: HubDatabase, ambient: FireEdge, timer: ClaimedTimer): Promise<Fired | null> {
  const { sha256, unreadable } = ambient
  // Before the transaction, which other queries wait for.
  const unconfirmed = asksGroups(timer.kind) ? ((await ambient.unconfirmed?.(timer.id)) ?? null) : null
  return kysely
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      const set = createLogTransaction(tx, engine, unreadable, ambient.now)
      // Ops that end what the timer waits for lock this scope too, so they come before or after.
      await set.lockScopes([timer.scope])
      const claimed = tx
        .selectFrom('timer')
        .select('id')
        .where(isTimer(timer))
        .where('claimed_by', '=', timer.claimed_by)
        .where('due_at', '=', timer.due_at)
        .where('fired_at', 'is', null)
      if (!(await (engine === 'postgres' ? claimed.forUpdate() : claimed).executeTakeFirst())) return null
      // One time for all of it: the clock may be set back meanwhile.
      const at = ambient.now()
      const edge = { ...ambient, now: () => at }
      const appender = createAppender(set, edge)
      const notices = createNoticeGiver(set, sha256, appender.append)
      const idsOf = async (kind: EntityKind, scope: string) =>
        (await tx.selectFrom('entity').select('id').where('kind', '=', kind).where('scope', '=', scope).orderBy('id').execute()).map(
          ({ id }) => id,
        )
      const facts: Facts = {
        members: asksMembers(timer.kind) ? await idsOf('member', TEAM_SCOPE) : [],
        groups: asksGroups(timer.kind) ? await idsOf('agent-group', TEAM_SCOPE) : [],
        unconfirmed: () => unconfirmed,
        wordings: asksWordings(timer.kind) ? await idsOf('wording', timer.scope) : [],
        changedAt: asksChange(timer.kind) ? await changedAt(tx, timer.scope) : null,
        recordedAt: appender.timeIn(timer.scope),
      }
      const { due, ops } = await loading(set, () => dueOf(set, notices, timer, facts, edge))
      // Not due any more, and not astray either: the clock was set back.
      if (timer.due_at > at && ops.length === 0) {
        await tx.updateTable('timer').set({ claimed_by: null, claimed_until: null }).where(isTimer(timer)).execute()
        return null
      }
      const opIds = await loading(set, () => opIdsFor(set, ops, timer, sha256))
      // Private scopes are locked after all others and all at once, as every log transaction does.
      await set.lockScopes(due.map(({ recipient }) => privateScope(recipient)))
      const ready = await loading(set, () => notices.prepare(due))
      const readers = scopeReaders(timer.scope, (id) => notices.look('incident', id), at)
      const place = { scope: timer.scope, now: at }
      const written = ops.flatMap((op, index) => {
        const opId = opIds[index]
        return opId === undefined ? [] : [writeOp(set, appender, place, op, opId)]
      })
      const given = ready.map((notice) => notices.give(notice, makeHlc(at, 0), HUB_ACTOR))
      await set.write()
      // What the ops have moved is due again, and not fired.
      await tx
        .updateTable('timer')
        .set({ fired_at: at, claimed_by: null, claimed_until: null })
        .where(isTimer(timer))
        .where('due_at', '=', timer.due_at)
        .execute()
      const own = written.length > 0 ? [{ scope: timer.scope, ...headOf(set, timer.scope), readers }] : []
      const told = ready.map(({ scope, recipient }) => ({ scope, ...headOf(set, scope), readers: [recipient] }))
      return { records: [...written, ...given], heads: [...own, ...told] }
    })
}

function headOf(set: LogTransaction, scope: string): { seq: number; hash: string } {
  const { seq, hash } = set.headOf(scope)
  return { seq, hash }
}
