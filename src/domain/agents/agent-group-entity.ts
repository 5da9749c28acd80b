import { defineEntity } from '../define-entity.ts'
import type { AgentGroupState } from './agent-group.ts'

export const AGENT_GROUP = defineEntity<AgentGroupState>()({
  kind: 'agent-group',
  scope: 'team',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
