import { AgentGroupFields, type AgentGroupState } from '#domain/agents/agent-group.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'

export type AgentGroupView = Pending & AgentGroupState & { id: string; leadNames: string[] }

const GroupRef = z.strictObject({ groupId: z.uuid() })

/** Groups of agents (坐席组). They are in the log, so that texts are published to them also without the hub; the agents are not. */
export const agentGroupApi = {
  /** By name; removed ones only on request. Empty for members from outside the company. */
  'agentGroups.list': query(z.strictObject({ removed: z.boolean().default(false) }))
    .dependsOn(() => ['agent-groups', 'workspace'])
    .returns<AgentGroupView[]>(),
  'agentGroups.create': command(z.strictObject({ group: AgentGroupFields }), { action: 'agents.manage' }).returns<AgentGroupView>(),
  'agentGroups.change': command(GroupRef.extend({ change: AgentGroupFields.partial() }), {
    action: 'agents.manage',
  }).returns<AgentGroupView>(),
  'agentGroups.remove': command(GroupRef.extend({ removed: z.boolean() }), { action: 'agents.manage' }).returns<AgentGroupView>(),
}
