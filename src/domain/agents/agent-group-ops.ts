import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, writeField } from '../log/entity.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { AGENT_GROUP } from './agent-group-entity.ts'
import { AgentGroupFields, type AgentGroupState } from './agent-group.ts'

export const AgentGroupChange = AgentGroupFields.partial()
export const AgentGroupRemove = z.strictObject({ removed: z.boolean() })

const COMMON = { version: 1, action: 'agents.manage', expects: null, notifies: null, webhook: null } as const

const unknownLead = (context: DecisionContext, leads: readonly string[]): Refusal | null =>
  leads.every((id) => context.read('member', id)) ? null : refuse('not-found')

export const AGENT_GROUP_OPS = [
  AGENT_GROUP.op('agent-group.create', {
    ...COMMON,
    body: AgentGroupFields,
    decide: (context, group, { leads }) => (group ? refuse('already-exists') : unknownLead(context, leads)),
    fold: (group, body, applied, op) =>
      group ?? createEntity<AgentGroupState>(op, { ...body, createdAt: applied.recordedAt, removed: false }),
  }),
  AGENT_GROUP.op('agent-group.change', {
    ...COMMON,
    body: AgentGroupChange,
    decide: (context, group, { leads }) => (group ? unknownLead(context, leads ?? []) : refuse('not-found')),
    fold: (group, body, applied) => {
      if (!group) return undefined
      let next = group
      for (const field of Object.keys(AgentGroupFields.shape) as (keyof AgentGroupFields)[])
        if (body[field] !== undefined && body[field] !== next.state[field]) next = writeField(next, field, body[field], applied)
      return next
    },
  }),
  AGENT_GROUP.op('agent-group.remove', {
    ...COMMON,
    body: AgentGroupRemove,
    decide: (_context, group) => (group ? null : refuse('not-found')),
    fold: (group, { removed }, applied) => (group ? writeField(group, 'removed', removed, applied) : undefined),
  }),
]
