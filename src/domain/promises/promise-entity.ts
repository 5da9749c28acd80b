import { defineEntity } from '../define-entity.ts'
import type { PromiseState } from './promise.ts'

/** Named as wordings are: it is in lists of its own, not in the full-text search. */
export const PROMISE = defineEntity<PromiseState>()({
  kind: 'promise',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ dueAt, state, wordingId }) => ({ sortAt: dueAt, facet: state, parent: wordingId }),
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
