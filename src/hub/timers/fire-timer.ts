import type { EntityKind } from '#domain/entity-kinds.ts'
import { FOLLOWERS } from '#domain/incidents/followers-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentOfScope, privateScope } from '#domain/log/ids.ts'
import type { LogRecord, Sha256 } from '#domain/log/record.ts'
import { asksGroups, asksMembers, momentNotices } from '#domain/moments/moment-sources.ts'
import type { MomentFacts } from '#domain/notices/moment.ts'
import { momentId } from '#domain/notices/notice-id.ts'
import type { DueNotice } from '#domain/notices/notice.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import { createAppender } from '../log/append-record.ts'
import { createNoticeGiver, HUB_ACTOR } from '../log/give-notices.ts'
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
  /** See `MomentFacts`; without it nobody counts. */
  unconfirmed?(wordingId: string): Promise<number | null>
}

/** What firing a timer has written. */
export type Fired = { records: LogRecord[]; heads: AnnouncedHead[] }

type Notices = ReturnType<typeof createNoticeGiver>

/** What a timer asks beyond its own entity, see `MomentFacts`. */
type Asked = Pick<MomentFacts, 'members' | 'groups' | 'unconfirmed'>

/** The notices of a timer, for recipients who may read what it is about. */
function noticesOf(set: LogTransaction, notices: Notices, timer: ClaimedTimer, asked: Asked, { now, sha256 }: FireEdge): DueNotice[] {
  const incidentId = incidentOfScope(timer.scope)
  set.wantEntity(timer.kind, timer.id)
  if (incidentId !== null) set.wantEntity('followers', incidentId)
  for (const id of asked.members) set.wantEntity('member', id)
  for (const id of asked.groups) set.wantEntity('agent-group', id)
  const entity = notices.look(timer.kind, timer.id)
  const incident = incidentId === null ? undefined : INCIDENT.as(notices.look('incident', incidentId))
  if (entity?.scope !== timer.scope || (incidentId !== null && incident?.scope !== timer.scope)) return []
  const moment = { rule: timer.rule, about: timer.about, dueAt: timer.due_at }
  const cause = momentId(timer.kind, timer.id, moment, sha256)
  const found = momentNotices(entity, moment, cause, {
    incident: incident?.state ?? null,
    followers: incidentId === null ? undefined : FOLLOWERS.as(notices.look('followers', incidentId))?.state,
    now: now(),
    read: notices.look,
    ...asked,
  })
  const readers = scopeReaders(timer.scope, () => incident, now())
  for (const { recipient } of found) set.wantEntity('member', recipient)
  return found.filter(({ recipient }) => isAmong(readers, recipient) && isActiveMember(notices.look('member', recipient), now()))
}

/**
 * Fires a claimed timer and marks it as fired in one log transaction. It first checks again that the timer is still claimed by this
 * node and still has an effect.
 * @returns null when the timer was deleted, moved, fired, or claimed by another node, or when the clock was set back before it is
 *   due: then it is released
 */
export async function fireTimer({ kysely, engine }: HubDatabase, given: FireEdge, timer: ClaimedTimer): Promise<Fired | null> {
  const { sha256, unreadable } = given
  // Before the transaction, which other queries wait for.
  const unconfirmed = asksGroups(timer.kind) ? ((await given.unconfirmed?.(timer.id)) ?? null) : null
  return kysely
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      const set = createLogTransaction(tx, engine, unreadable, given.now)
      // Ops that end what the timer waits for lock this scope too, so they come before or after.
      await set.lockScopes([timer.scope])
      const own = tx
        .selectFrom('timer')
        .select('id')
        .where(isTimer(timer))
        .where('claimed_by', '=', timer.claimed_by)
        .where('due_at', '=', timer.due_at)
        .where('fired_at', 'is', null)
      if (!(await (engine === 'postgres' ? own.forUpdate() : own).executeTakeFirst())) return null
      // One time for all of it: the clock may be set back meanwhile.
      const at = given.now()
      const edge = { ...given, now: () => at }
      if (timer.due_at > at) {
        await tx.updateTable('timer').set({ claimed_by: null, claimed_until: null }).where(isTimer(timer)).execute()
        return null
      }
      const notices = createNoticeGiver(set, sha256, createAppender(set, edge).append)
      const idsOf = async (kind: EntityKind) =>
        (await tx.selectFrom('entity').select('id').where('kind', '=', kind).orderBy('id').execute()).map(({ id }) => id)
      const asked: Asked = {
        members: asksMembers(timer.kind) ? await idsOf('member') : [],
        groups: asksGroups(timer.kind) ? await idsOf('agent-group') : [],
        unconfirmed: () => unconfirmed,
      }
      const due = await loading(set, () => noticesOf(set, notices, timer, asked, edge))
      // Private scopes are locked after all others and all at once, as every log transaction does.
      await set.lockScopes(due.map(({ recipient }) => privateScope(recipient)))
      const ready = await loading(set, () => notices.prepare(due))
      const records = ready.map((notice) => notices.give(notice, makeHlc(at, 0), HUB_ACTOR))
      await set.write()
      await tx.updateTable('timer').set({ fired_at: at, claimed_by: null, claimed_until: null }).where(isTimer(timer)).execute()
      return { records, heads: ready.map(({ scope, recipient }) => ({ scope, ...headOf(set, scope), readers: [recipient] })) }
    })
}

function headOf(set: LogTransaction, scope: string): { seq: number; hash: string } {
  const { seq, hash } = set.headOf(scope)
  return { seq, hash }
}
