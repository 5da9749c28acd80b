import { defineEntity } from '../define-entity.ts'
import type { TaskState } from './task.ts'

export const TASK = defineEntity<TaskState>()({
  kind: 'task',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ dueAt, createdAt, progress }) => ({ sortAt: dueAt ?? createdAt, facet: progress }),
  searchable: null,
  freeTexts: {
    fields: ['title', 'detail', 'owner', 'phase'],
    restore: (_state, field, text) => ({ type: 'task.revise', body: { [field]: text } }),
  },
  revealable: true,
  noticeHolds: { 'task-given': (task, recipient) => task?.ownerId === recipient },
})
