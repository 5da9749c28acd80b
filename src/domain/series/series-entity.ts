import { defineEntity } from '../define-entity.ts'
import type { PointsState, SeriesState } from './series.ts'

export const SERIES = defineEntity<SeriesState>()({
  kind: 'series',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ createdAt, metric, importId }) => ({ sortAt: createdAt, facet: metric, origin: importId }),
  searchable: ({ name }) => [name],
  freeTexts: null,
  revealable: true,
  noticeHolds: {},
})

export const POINTS = defineEntity<PointsState>()({
  kind: 'points',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: ({ points, seriesId, importId }) => ({ sortAt: points[0]?.[0] ?? 0, parent: seriesId, origin: importId }),
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
