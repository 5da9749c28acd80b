import { SERIES, POINTS } from '#domain/series/series-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { POINTS_PER_CHUNK, type SeriesPoint } from '#domain/series/series.ts'
import type { NumbersMapping } from '#contract/import-api.ts'
import type { Draft } from '../store/replica-store.ts'
import type { RowEntry, RowNumbers } from './row-meaning.ts'

/** Ops per transaction while an import is written: small enough that screens are answered in between. */
export const OPS_PER_COMMIT = 200

/** Converts valid rows to ops of one import. */
export function entryDrafts(
  incidentId: string,
  importId: string,
  uuid: () => string,
  rows: readonly { line: number; entry: RowEntry }[],
): Draft[] {
  return rows.map(({ line, entry }) => ({
    scope: incidentScope(incidentId),
    kind: ENTRY.kind,
    id: uuid(),
    type: 'entry.record',
    body: { ...entry, importId, sourceLine: line },
  }))
}

/**
 * Collects numbers into runs of points, one series per column.
 * @returns `add` returns the ops that are full by now, `rest` what is left at the end
 */
export function pointsGatherer(incidentId: string, importId: string, uuid: () => string, mapping: NumbersMapping) {
  const scope = incidentScope(incidentId)
  const series = mapping.values.map((value) => ({ ...value, id: uuid(), points: [] as SeriesPoint[] }))
  const chunk = (seriesId: string, points: SeriesPoint[]): Draft => ({
    scope,
    kind: POINTS.kind,
    id: uuid(),
    type: 'series.add-points',
    body: { seriesId, points, importId },
  })
  return {
    create: (): Draft[] =>
      series.map(({ id, name, unit, metric, reading }) => ({
        scope,
        kind: SERIES.kind,
        id,
        type: 'series.create',
        body: { name, unit, metric, reading, importId },
      })),
    add(row: RowNumbers): Draft[] {
      return series.flatMap((one, index) => {
        const value = row.values[index]
        if (value === null || value === undefined) return []
        one.points.push([row.at, value])
        if (one.points.length < POINTS_PER_CHUNK) return []
        const full = one.points
        one.points = []
        return [chunk(one.id, full)]
      })
    },
    rest: (): Draft[] => series.flatMap(({ id, points }) => (points.length > 0 ? [chunk(id, points)] : [])),
  }
}
