import { defineEntity } from '../define-entity.ts'
import type { FollowersState } from './followers.ts'

/** Its id is the id of the incident. */
export const FOLLOWERS = defineEntity<FollowersState>()({
  kind: 'followers',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
