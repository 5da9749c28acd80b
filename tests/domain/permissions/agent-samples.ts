import type { Action } from '#domain/permissions/matrix.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'

/** The action that each op of a group of agents needs. */
export const AGENT_GROUP_ACTIONS = {
  'agent-group.create': 'agents.manage',
  'agent-group.change': 'agents.manage',
  'agent-group.remove': 'agents.manage',
} as const satisfies Record<string, Action>

/** A valid body of each. */
export const AGENT_GROUP_BODIES: Record<keyof typeof AGENT_GROUP_ACTIONS, Record<string, unknown>> = {
  'agent-group.create': { name: '热线', vendor: null, team: '', skill: '', channel: 'phone', language: null, leads: [] },
  'agent-group.change': {},
  'agent-group.remove': { removed: true },
}

/** Valid bodies of the publication of a text, without and with those to whom it goes. */
export const PUBLISHED = {
  revisionId: idOf(9),
  number: 1,
  hash: 'a'.repeat(64),
  from: TWO_AT_NIGHT,
  until: null,
  summary: '',
  values: {},
  emergency: null,
}
export const DELIVERED = { ...PUBLISHED, delivery: { groups: [idOf(9)], urgency: 'urgent', confirmWithin: 15 } }
