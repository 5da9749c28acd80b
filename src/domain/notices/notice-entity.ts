import { defineEntity } from '../define-entity.ts'
import type { NoticeState } from './notice.ts'

export const NOTICE = defineEntity<NoticeState>()({
  kind: 'notice',
  scope: 'private',
  isId: 'uuid',
  indexKeys: ({ content, read }) => ({
    sortAt: content?.at ?? 0,
    facet: content === null ? 'unknown' : read ? 'read' : 'unread',
    parent: content?.incidentId ?? '',
  }),
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
