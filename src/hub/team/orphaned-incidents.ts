import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { MemberState } from '#domain/members/member.ts'
import { standingOf } from '#domain/members/standing.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import { done, fail } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { LeftIncident, TeamApi } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { HubTables } from '../database/hub-tables.ts'
import type { HubLog } from '../log/hub-log.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'

export type LeftCore = {
  db: Kysely<HubTables>
  log: HubLog
  access: AccessLog
  readMember(memberId: string): Promise<MemberState | null>
  /** @param reaches the scope that an owner may write to although they are not named in it */
  submit(ops: readonly string[], memberId: string, admission: null, reaches: string): Promise<LogRecord[]>
  now(): number
}

/**
 * Restricted incidents whose named members are all gone: revoked, or past their contract. Revoking the last one cannot be refused,
 * since the revoking member may not know of the incident. An owner is therefore shown that it exists, never its content, and may
 * take it over by an op that all later readers see in its log.
 */
export function orphanedIncidents(
  core: LeftCore,
  owner: LinkOwner,
): Pick<HandlersOf<TeamApi>, 'team.orphanedIncidents' | 'team.takeOverIncident'> {
  const me = owner.memberId
  const standing = async (memberId: string) => standingOf(await core.readMember(memberId), core.now()) === null
  // No takeover while the standing of one of them cannot be determined.
  const mayStand = (memberId: string) =>
    standing(memberId).catch((error: unknown) => {
      if (error instanceof UnreadableRow) return true
      throw error
    })
  const mayTakeOver = async () => (await core.readMember(me))?.owner === true
  const refused = () => fail('not-permitted', { action: 'team.take-over', roles: 'owner' })

  async function list(): Promise<LeftIncident[]> {
    const rows = await core.db
      .selectFrom('scope_reader')
      .innerJoin('scope_head', 'scope_head.scope', 'scope_reader.scope')
      .select(['scope_reader.scope', 'member_id'])
      .where('restricted', '=', 1)
      .where((where) => where.or([where('until', 'is', null), where('until', '>', core.now())]))
      .execute()
    const left: LeftIncident[] = []
    for (const [scope, named] of Map.groupBy(rows, (row) => row.scope)) {
      if (!scope.startsWith('incident:')) continue
      const members = named.map((row) => row.member_id)
      if ((await Promise.all(members.map(mayStand))).includes(true)) continue
      const incidentId = scope.slice('incident:'.length)
      const state = INCIDENT.as(await core.log.readEntity(INCIDENT.kind, incidentId).catch(() => undefined))?.state
      if (state) left.push({ incidentId, declaredAt: state.declaredAt, members })
    }
    return left.toSorted((a, b) => a.declaredAt - b.declaredAt)
  }

  return {
    'team.orphanedIncidents': async () => ((await mayTakeOver()) ? done(await list()) : refused()),

    'team.takeOverIncident': async ({ incidentId, members }) => {
      if (!(await mayTakeOver())) return refused()
      if (!(await list()).some((one) => one.incidentId === incidentId)) return fail('not-found')
      const scope = incidentScope(incidentId)
      const head = await core.log.headOf(scope)
      const replicaId = randomUUID()
      const named = [...new Set([me, ...members])]
      const takeOver = randomUUID()
      let hlc = HLC_START
      const op = (counter: number, rest: object) => {
        hlc = tickHlc(hlc, core.now())
        return JSON.stringify({ opId: randomUUID(), scope, replicaId, counter, version: 1, hlc, baseSeq: head?.seq ?? 0, ...rest })
      }
      const event = { code: 'restricted', params: { count: named.length } } as const
      const note = { kind: 'system', text: noteText(event), happenedAt: core.now(), event }
      const [taken] = await core.submit(
        [
          op(1, { opId: takeOver, entity: { kind: INCIDENT.kind, id: incidentId }, type: 'incident.restrict', body: { members: named } }),
          // A closed incident accepts no entries; the takeover itself is still in its log.
          op(2, { entity: { kind: ENTRY.kind, id: randomUUID() }, type: 'entry.record', body: note, after: [takeOver] }),
        ],
        me,
        null,
        scope,
      )
      if (taken?.outcome.kind === 'rejected') return { ok: false, failure: { code: taken.outcome.code, params: taken.outcome.params } }
      await core.access.note(me, 'incident-taken-over', incidentId, owner.device)
      return done(null)
    },
  }
}
