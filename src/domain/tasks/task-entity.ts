import { defineEntity } from '../define-entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { TaskState } from './task.ts'

export const TASK = defineEntity<TaskState>()({
  kind: 'task',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ dueAt, createdAt, progress }) => ({ sortAt: dueAt ?? createdAt, facet: progress }),
  searchable: null,
  freeTexts: {
    fields: ['title', 'detail', 'owner', 'phase'],
    restore: (_state, field, text, { ownerId }) => ({
      type: 'task.revise',
      version: field === 'owner' ? 2 : 1,
      body: field === 'owner' ? { owner: text, ownerId: LoggedUuid.safeParse(ownerId).data ?? null } : { [field]: text },
    }),
  },
  revealable: true,
  noticeHolds: { 'task-given': (task, recipient) => task?.ownerId === recipient },
})
