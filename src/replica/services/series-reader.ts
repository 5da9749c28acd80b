import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { maskPoints } from '#domain/privacy/mask-points.ts'
import { readingInForce } from '#domain/series/guess-reading.ts'
import { SERIES, POINTS } from '#domain/series/series-entity.ts'
import type { SeriesPoint, SeriesState } from '#domain/series/series.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { pendingIds, VISIBLE, type ServiceContext } from '../context/service-context.ts'

export type SeriesWithPoints = { series: SeriesView; points: SeriesPoint[] }

/** SQL: the point runs of a series. The index is partial (rows with a parent), so the query must repeat its condition. */
export const POINTS_OF_SERIES = `SELECT * FROM entity WHERE parent = ? AND parent <> '' AND ${VISIBLE} ORDER BY sort_at`

export type SeriesReader = {
  all(incidentId: string): SeriesWithPoints[]
  find(incidentId: string, seriesId: string): SeriesWithPoints | null
}

/** Number series of an incident with their points in time order. */
export function createSeriesReader(context: ServiceContext): SeriesReader {
  const { db, store } = context
  const seriesOf = db.prepare<[string], EntityRow>(
    `SELECT * FROM entity WHERE kind = 'series' AND scope = ? AND ${VISIBLE} ORDER BY sort_at, id`,
  )
  const pointsOf = db.prepare<[string], EntityRow>(POINTS_OF_SERIES)
  const isPending = pendingIds(context, SERIES.kind)

  function withPoints(entity: Entity<SeriesState>): SeriesWithPoints {
    const measured = pointsOf
      .all(entity.id)
      .flatMap((row) => POINTS.as(seenEntity(row))?.state.points ?? [])
      .toSorted((a, b) => a[0] - b[0])
    const { name, unit, metric } = entity.state
    const said = entity.state.readingSaid === true || entity.stamps['reading'] !== undefined
    const reading = readingInForce(entity.state, said, measured)
    // Masked when read: no screen, export or calculation shows a personal number.
    const points = [...maskPoints(measured)]
    const series = {
      id: entity.id,
      name,
      unit,
      metric,
      reading,
      readingGuessed: !said && reading !== entity.state.reading,
      points: points.length,
      from: points[0]?.[0] ?? null,
      to: points.at(-1)?.[0] ?? null,
      last: points.at(-1)?.[1] ?? null,
      pending: isPending(entity.id),
    }
    return { series, points }
  }

  return {
    all: (incidentId) =>
      seriesOf.all(incidentScope(incidentId)).flatMap((row) => {
        const entity = SERIES.as(seenEntity(row))
        return entity ? [withPoints(entity)] : []
      }),
    find(incidentId, seriesId) {
      const entity = SERIES.read(store, seriesId)
      return entity?.scope === incidentScope(incidentId) ? withPoints(entity) : null
    },
  }
}
