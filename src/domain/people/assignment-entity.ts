import { defineEntity } from '../define-entity.ts'
import type { AssignmentState } from './assignment.ts'

export const ASSIGNMENT = defineEntity<AssignmentState>()({
  kind: 'assignment',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: {
    fields: ['name', 'backup', 'duty'],
    // One op sets the whole assignment; `removed` is not part of that op.
    restore: ({ removed: _removed, ...whole }, field, text) => ({ type: 'assignment.set', body: { ...whole, [field]: text } }),
  },
  revealable: true,
  noticeHolds: {
    'role-given': (assignment, recipient) => assignment?.memberId === recipient || assignment?.backupId === recipient,
  },
})
