import { AGENT_GROUP } from '../agents/agent-group-entity.ts'
import type { AgentGroupFields } from '../agents/agent-group.ts'
import { TEAM_SCOPE } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { given, type CommandRead, type CommandRefusal, type Draft } from './command.ts'

type GroupRef = { groupId: string }

const draftOf = (groupId: string, type: string, body: Draft['body']): Draft => ({
  scope: TEAM_SCOPE,
  kind: 'agent-group',
  id: groupId,
  type,
  body,
})

/** Creates a group of agents. */
export function createAgentGroup(_read: CommandRead, { groupId, group }: GroupRef & { group: AgentGroupFields }): Draft[] {
  return [draftOf(groupId, 'agent-group.create', group)]
}

/** Changes the given fields of a group of agents. */
export function changeAgentGroup(
  read: CommandRead,
  { groupId, change }: GroupRef & { change: { [Field in keyof AgentGroupFields]?: AgentGroupFields[Field] | undefined } },
): Draft[] | CommandRefusal {
  return read.one(AGENT_GROUP, groupId) ? [draftOf(groupId, 'agent-group.change', given(change))] : refuse('not-found')
}

/** Removes a group of agents, or brings it back. Texts that were published to it keep it. */
export function removeAgentGroup(read: CommandRead, { groupId, removed }: GroupRef & { removed: boolean }): Draft[] | CommandRefusal {
  return read.one(AGENT_GROUP, groupId) ? [draftOf(groupId, 'agent-group.remove', { removed })] : refuse('not-found')
}
