import { defineEntity } from '../define-entity.ts'
import type { BulletinPlanState, BulletinState } from './bulletin.ts'

const COMMON = { scope: 'incident', isId: 'uuid', searchable: null, freeTexts: null, revealable: false, noticeHolds: {} } as const

export const BULLETIN = defineEntity<BulletinState>()({
  ...COMMON,
  kind: 'bulletin',
  indexKeys: ({ number, mark }) => ({ sortAt: number, facet: mark }),
})

/** Has the id of its incident. */
export const BULLETIN_PLAN = defineEntity<BulletinPlanState>()({ ...COMMON, kind: 'bulletin-plan', indexKeys: null })
