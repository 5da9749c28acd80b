import { defineEntity } from '../define-entity.ts'
import type { MemberState } from './member.ts'

export const MEMBER = defineEntity<MemberState>()({
  kind: 'member',
  scope: 'team',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
