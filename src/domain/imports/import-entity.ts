import { defineEntity } from '../define-entity.ts'
import type { ImportState } from './import.ts'

export const IMPORT = defineEntity<ImportState>()({
  kind: 'import',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ startedAt, phase }) => ({ sortAt: startedAt, facet: phase }),
  searchable: null,
  freeTexts: null,
  revealable: true,
  noticeHolds: {},
})
