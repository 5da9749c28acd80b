import { AGENT_GROUP } from '#domain/agents/agent-group-entity.ts'
import type { AgentGroupState } from '#domain/agents/agent-group.ts'
import type { Command } from '#domain/commands/command.ts'
import { changeAgentGroup, createAgentGroup, removeAgentGroup } from '#domain/commands/agent-group-commands.ts'
import type { Entity } from '#domain/log/entity.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { commandRead, runCommand } from '../context/run-command.ts'
import { actorHere, memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

export type AgentGroupHandlers = Pick<ApiHandlers, keyof ApiHandlers & `agentGroups.${string}`>

const BY_NAME = new Intl.Collator('zh-Hans-u-co-pinyin')

/** Groups of agents (坐席组), to which texts are published. */
export function agentGroupService(context: ServiceContext): AgentGroupHandlers {
  const read = commandRead(context)
  const isPending = pendingIds(context, 'agent-group')

  function viewer(): (group: Entity<AgentGroupState>) => AgentGroupView {
    const nameOf = memberNames(context)
    return ({ id, state }) => ({ ...state, id, pending: isPending(id), leadNames: state.leads.map(nameOf) })
  }

  function act<Input extends { groupId: string }>(command: Command<Input>, input: Input): Result<AgentGroupView> {
    const written = runCommand(context, command, input)
    if (!written.ok) return written
    const group = AGENT_GROUP.read(context.store, input.groupId)
    return group ? done(viewer()(group)) : fail('not-found')
  }

  return {
    'agentGroups.list': ({ removed }) => {
      if (actorHere(context)?.state.vendor !== null) return done([])
      const groups = read.all(AGENT_GROUP, TEAM_SCOPE).filter(({ state }) => removed || !state.removed)
      const ordered = groups.toSorted((a, b) => BY_NAME.compare(a.state.name, b.state.name) || (a.id < b.id ? -1 : 1))
      return done(ordered.map(viewer()))
    },
    'agentGroups.create': ({ group }) => act(createAgentGroup, { groupId: context.uuid(), group }),
    'agentGroups.change': (input) => act(changeAgentGroup, input),
    'agentGroups.remove': (input) => act(removeAgentGroup, input),
  }
}
