import { defineEntity } from '../define-entity.ts'
import { isUuid } from '../log/ids.ts'
import type { RevealState } from './reveal.ts'

/** The id contains the member and a UUID: see `revealId`. */
export const REVEAL = defineEntity<RevealState>()({
  kind: 'reveal',
  scope: 'incident',
  isId: (id) => id.split('.').length === 2 && id.split('.').every(isUuid),
  indexKeys: ({ at, by }) => ({ sortAt: at, facet: by }),
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
