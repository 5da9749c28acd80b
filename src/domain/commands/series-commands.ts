import { IMPORT } from '../imports/import-entity.ts'
import { SERIES } from '../series/series-entity.ts'
import { given, type CommandEdge, type CommandRead, type CommandRefusal, type Draft } from './command.ts'
import { readIncident } from './incident-read.ts'
import type { Entity } from '../log/entity.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { isShare } from '../series/guess-reading.ts'
import type { SeriesPoint, SeriesState } from '../series/series.ts'

type SeriesFields = Pick<SeriesState, 'name' | 'unit' | 'metric' | 'reading'>
/** An existing series, or a new one with its id. */
export type SeriesTarget = { seriesId: string; make?: SeriesFields | undefined }

/** The series of an incident with this name; the oldest if there are several. Imported series count only while their import is complete. */
export function seriesNamed(read: CommandRead, incidentId: string, name: string): Entity<SeriesState> | undefined {
  return read
    .all(SERIES, incidentScope(incidentId))
    .filter(({ state }) => state.name === name)
    .toSorted((a, b) => a.state.createdAt - b.state.createdAt || (a.id < b.id ? -1 : 1))
    .find(({ state }) => state.importId === null || read.one(IMPORT, state.importId)?.state.phase === 'complete')
}

/**
 * Adds numbers to a series; creates the series if it is new.
 * @param input `points`: milliseconds since 1970 (null: now) and the value; `pointsId`: the id of their chunk
 */
export function enterNumbers(
  read: CommandRead,
  input: { incidentId: string; pointsId: string; into: SeriesTarget; points: readonly (SeriesPoint | [null, number])[] },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { incidentId, pointsId, into, points } = input
  const scope = incidentScope(incidentId)
  if (!readIncident(read, incidentId)) return refuse('not-found')
  const known = into.make ? undefined : read.one(SERIES, into.seriesId)
  const fields = into.make ?? (known?.scope === scope ? known.state : undefined)
  if (!fields) return refuse('not-found')
  const outside = isShare(fields) ? points.find(([, value]) => value < 0 || value > 100) : undefined
  if (outside) return { code: 'share-out-of-range', params: { value: outside[1] } }
  const create: Draft[] = into.make ? [{ scope, kind: 'series', id: into.seriesId, type: 'series.create', body: { ...into.make } }] : []
  return [
    ...create,
    {
      scope,
      kind: 'points',
      id: pointsId,
      type: 'series.add-points',
      body: { seriesId: into.seriesId, points: points.map(([at, value]) => [at ?? edge.now, value]) },
      ...(create.length > 0 ? { after: [0] } : {}),
    },
  ]
}

/** Redefines a series; its numbers stay. */
export function reviseSeries(
  _read: CommandRead,
  {
    incidentId,
    seriesId,
    change,
  }: { incidentId: string; seriesId: string; change: { [Field in keyof SeriesFields]?: SeriesFields[Field] | undefined } },
): Draft[] {
  return [{ scope: incidentScope(incidentId), kind: 'series', id: seriesId, type: 'series.revise', body: given(change) }]
}
