import { AGENT_GROUP } from '#domain/agents/agent-group-entity.ts'
import type { AgentGroupState } from '#domain/agents/agent-group.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { Action } from '#domain/permissions/matrix.ts'
import { permit } from '#domain/permissions/permit.ts'
import { CONSOLE_PATH } from '#contract/agent-wire.ts'
import type { agentsApi, AgentRow } from '#contract/agents-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { AccessKind } from '#contract/team-api.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import type { HubCore } from '../core/hub-core.ts'
import type { Agents } from './agents.ts'
import type { Agent } from './roster.ts'

/** A group is asked again about a text after this time, milliseconds. */
const NUDGE_PAUSE_MS = 30_000

export type AgentsCore = Pick<HubCore, 'hub' | 'access' | 'about' | 'now'> & {
  agents: Agents
  readMember(memberId: string): Promise<MemberState | null>
}

/** What members do about agents, for one member over one link. */
export function agentsService({ agents, hub, access, about, now, readMember }: AgentsCore, owner: LinkOwner): HandlersOf<typeof agentsApi> {
  const me = owner.memberId

  async function refusal(action: Action) {
    const state = await readMember(me)
    const refused = state ? permit({ id: me, state, now: now() }, action) : fail('not-a-member').failure
    return refused && { ok: false as const, failure: refused }
  }

  const groupOf = async (id: string): Promise<AgentGroupState | undefined> =>
    AGENT_GROUP.as(await hub.log.readEntity(AGENT_GROUP.kind, id))?.state
  const isGroup = async (id: string) => (await groupOf(id))?.removed === false

  const rowsOf = async (list: readonly Agent[]): Promise<AgentRow[]> => {
    const claims = await agents.claims.all()
    return list.map((agent) => rowOf(agent, claims.get(agent.id) ?? null))
  }

  const rowOf = (agent: Agent, claim: AgentRow['claim']): AgentRow => ({
    id: agent.id,
    number: agent.number,
    name: agent.name,
    vendor: agent.vendor,
    groups: [...agent.groups],
    linkId: agent.linkId,
    online: agents.isOnline(agent),
    lastSeenAt: agent.seenAt,
    createdAt: agent.createdAt,
    endedAt: agent.endedAt,
    claim,
    freed: agent.freed,
  })

  const note = (what: AccessKind, id: string) => access.note(me, what, id, owner.device)

  /** An agent that was changed, after all consoles have taken it up. */
  async function taken(agent: Agent | null, what?: AccessKind): Promise<Result<AgentRow>> {
    if (!agent) return fail('not-found')
    await agents.changed()
    if (what) await note(what, agent.id)
    const [row] = await rowsOf([agent])
    return row ? done(row) : fail('not-found')
  }

  /** Why a member may not see the figures of an incident or the library, or null. A restricted one does not exist for others. */
  async function figuresRefusal(incidentId: string | null) {
    const refused = await refusal('agents.read')
    if (refused) return refused
    if (incidentId !== null && !(await hub.log.mayRead(me, incidentScope(incidentId)))) return fail('not-found')
    await agents.ready()
    return null
  }

  /** The same for one text. */
  async function textRefusal(wordingId: string) {
    const refused = await figuresRefusal(null)
    if (refused) return refused
    const text = agents.set.text(wordingId)
    return text && (text.incidentId === null || (await hub.log.mayRead(me, incidentScope(text.incidentId)))) ? null : fail('not-found')
  }

  /** Who manages agents may nudge everybody, who leads a group its agents. */
  async function nudgeRefusal(groupId: string | null) {
    const refused = await refusal('agents.manage')
    if (!refused || groupId === null) return refused
    return (await groupOf(groupId))?.leads.some((id) => id === me) && !(await refusal('agents.read')) ? null : refused
  }

  return {
    'agents.list': async ({ groupId }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const all = await agents.roster.all()
      return done(await rowsOf(all.filter(({ groups }) => groupId === null || groups.includes(groupId))))
    },

    'agents.add': async ({ agents: list }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const known = new Set<string>()
      for (const id of new Set(list.flatMap(({ groups }) => groups))) if (await isGroup(id)) known.add(id)
      const answer = await agents.roster.add(list, (id) => known.has(id))
      await agents.changed()
      for (const { id } of answer.added) await note('agent-added', id)
      return done(answer)
    },

    'agents.change': async ({ id, groups, ...change }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      for (const groupId of groups ?? []) if (!(await isGroup(groupId))) return fail('not-found')
      return taken(await agents.roster.change(id, { ...change, groups }))
    },

    'agents.end': async ({ id, ended }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      return taken(await agents.roster.end(id, ended), ended ? 'agent-ended' : 'agent-restored')
    },

    'agents.settleNumber': async ({ id, free }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const agent = await agents.roster.byId(id)
      if (agent?.freed !== false) return fail('not-found')
      await (free ? agents.claims.free(id) : agents.claims.keep(id))
      return taken(await agents.roster.byId(id), free ? 'agent-number-freed' : undefined)
    },

    'agents.resetPassword': async ({ id }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const reset = await agents.roster.resetPassword(id)
      if (!reset) return fail('not-found')
      await agents.changed()
      await note('agent-password-reset', id)
      return done(reset)
    },

    'agents.links': async () => (await refusal('agents.manage')) ?? done(await agents.links.list()),

    'agents.makeLink': async (link) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const [address] = about().addresses
      if (address === undefined) return fail('not-hosting')
      if (!(await isGroup(link.groupId))) return fail('not-found')
      if (link.expiresAt <= now()) return fail('bad-input', { detail: 'expiresAt' })
      const { row, secret } = await agents.links.make(link, me)
      await note('agent-link-made', row.id)
      // After the sign, so that the secret stays out of the logs of proxies.
      return done({ ...row, address: `${address}${CONSOLE_PATH}/#join=${secret}` })
    },

    'agents.endLink': async ({ id }) => {
      const refused = await refusal('agents.manage')
      if (refused) return refused
      const row = await agents.links.end(id)
      if (!row) return fail('not-found')
      await agents.changed()
      await note('agent-link-ended', id)
      return done(row)
    },

    'agents.reach': async ({ incidentId }) => (await figuresRefusal(incidentId)) ?? done(await agents.reach.reach(incidentId)),

    'agents.readers': async ({ wordingId, groupId, standing }) =>
      (await textRefusal(wordingId)) ?? done(await agents.reach.readers(wordingId, groupId, standing)),

    'agents.nudge': async ({ wordingId, groupId }) => {
      const refused = (await nudgeRefusal(groupId)) ?? (await textRefusal(wordingId))
      if (refused) return refused
      const nudged = await agents.nudge(wordingId, groupId, me, NUDGE_PAUSE_MS)
      return nudged === null ? fail('too-many-requests') : done({ nudged })
    },

    'agents.feedback': async ({ incidentId }) => (await figuresRefusal(incidentId)) ?? done(await agents.reach.feedback(incidentId)),

    'agents.use': async ({ incidentId, hours }) => (await figuresRefusal(incidentId)) ?? done(await agents.reach.use(incidentId, hours)),
  }
}
