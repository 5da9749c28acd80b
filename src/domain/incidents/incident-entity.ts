import { defineEntity } from '../define-entity.ts'
import type { IncidentState } from './incident.ts'

export const INCIDENT = defineEntity<IncidentState>()({
  kind: 'incident',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ declaredAt, status }) => ({ sortAt: declaredAt, facet: status }),
  searchable: ({ title, known }) => [title, known],
  freeTexts: {
    fields: ['title', 'known'],
    restore: (_state, field, text) => ({ type: 'incident.revise', body: { [field]: text } }),
  },
  revealable: true,
  noticeHolds: { 'stage-changed': (incident, _recipient, { to }) => incident?.stage === to },
})
