import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { IMPORT } from '../imports/import-entity.ts'
import { createEntity, writeField } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { POINTS, SERIES } from './series-entity.ts'
import { POINTS_PER_CHUNK, SeriesMetric, SeriesPoint, SeriesReading, type PointsState, type SeriesState } from './series.ts'

export const SeriesCreate = z.strictObject({
  name: z.string().trim().min(1).max(80),
  unit: z.string().trim().max(20),
  metric: SeriesMetric,
  /** Default: increments. */
  reading: SeriesReading.optional(),
  importId: LoggedUuid.optional(),
})
/** Redefines a series, mainly how its numbers are read. The numbers stay. */
export const SeriesRevise = z
  .strictObject({
    name: SeriesCreate.shape.name.optional(),
    unit: SeriesCreate.shape.unit.optional(),
    metric: SeriesMetric.optional(),
    reading: SeriesReading.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), { message: 'says nothing' })
export const SeriesPoints = z.strictObject({
  seriesId: LoggedUuid,
  points: z.array(SeriesPoint).min(1).max(POINTS_PER_CHUNK),
  importId: LoggedUuid.optional(),
})

function actionOf({ importId }: { importId?: string | undefined }): 'number.enter' | 'import.write' {
  return importId === undefined ? 'number.enter' : 'import.write'
}

function mayAdd(context: DecisionContext, scope: string, importId: string | undefined): Refusal | null {
  if (importId === undefined) return null
  const source = IMPORT.read(context, importId)
  return source?.scope === scope && source.state.phase === 'running' ? null : refuse('import-not-running')
}

export const SERIES_OPS = [
  SERIES.op('series.create', {
    version: 1,
    body: SeriesCreate,
    action: actionOf,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, series, body, op) => (series ? refuse('already-exists') : mayAdd(context, op.scope, body.importId)),
    fold: (series, body, applied, op) => {
      if (series) return series
      const { name, unit, metric, reading, importId } = body
      return createEntity<SeriesState>(op, {
        name,
        unit,
        metric,
        reading: reading ?? 'increments',
        ...(reading === undefined ? {} : { readingSaid: true }),
        importId: importId ?? null,
        createdAt: applied.recordedAt,
        createdBy: applied.actor,
      })
    },
  }),
  SERIES.op('series.revise', {
    version: 1,
    body: SeriesRevise,
    action: 'series.revise',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, series) => (series ? null : refuse('not-found')),
    fold: (series, body, applied) => {
      if (!series) return undefined
      let next = series
      if (body.name !== undefined) next = writeField(next, 'name', body.name, applied)
      if (body.unit !== undefined) next = writeField(next, 'unit', body.unit, applied)
      if (body.metric !== undefined) next = writeField(next, 'metric', body.metric, applied)
      if (body.reading !== undefined) next = writeField(next, 'reading', body.reading, applied)
      return next
    },
  }),
]

export const POINTS_OPS = [
  POINTS.op('series.add-points', {
    version: 1,
    body: SeriesPoints,
    action: actionOf,
    expects: null,
    notifies: null,
    webhook: ({ importId }) => (importId === undefined ? ['numbers.added'] : []),
    decide: (context, points, body, op) => {
      if (points) return refuse('already-exists')
      if (SERIES.read(context, body.seriesId)?.scope !== op.scope) return refuse('not-found')
      return mayAdd(context, op.scope, body.importId)
    },
    fold: (points, body, _applied, op) =>
      points ?? createEntity<PointsState>(op, { seriesId: body.seriesId, importId: body.importId ?? null, points: body.points }),
  }),
]
