import { defineEntity } from '../define-entity.ts'
import { isUuid } from '../log/ids.ts'
import type { PlanState } from './plan.ts'

/** Shipped plans have word ids; a team's own plans have UUIDs. */
const WORDS = /^[a-z]+(-[a-z]+){0,9}$/

export const PLAN = defineEntity<PlanState>()({
  kind: 'plan',
  scope: 'team',
  isId: (id) => isUuid(id) || (id.length <= 80 && WORDS.test(id)),
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
