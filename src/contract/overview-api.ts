import type { IncidentLevel } from '#domain/incidents/incident-level.ts'
import type { Layer } from '#domain/people/assignment.ts'
import type { CurvePoint } from '#domain/risk/curves.ts'
import type { Grade } from '#domain/risk/risk.ts'
import type { SeriesMetric } from '#domain/series/series.ts'
import type { EntryKind, SystemEvent, TurningPoint } from '#domain/timeline/entry.ts'
import { z } from 'zod'
import type { IncidentView, SeriesView } from './incident-api.ts'
import { query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** Maximum number of key entries of one incident in a comparison. */
export const MOST_KEY_ENTRIES = 500

/** A key entry of an incident: starred, decision, statement, turning point, or a change of level, status or command. */
export type KeyEntry = {
  id: string
  kind: EntryKind
  at: number
  text: string
  event?: SystemEvent
  turningPoint?: TurningPoint
  starred: boolean
}

/** The peak of a series: the highest hourly count, or for a level the highest measurement. */
export type SeriesPeak = { seriesId: string; name: string; unit: string; metric: SeriesMetric; hourly: boolean; at: number; value: number }

/** The data by which two incidents are compared. */
export type IncidentOutline = {
  incident: IncidentView
  /** When the first entry by a person happened; null if there is none. */
  firstEntryAt: number | null
  /** The levels since the declaration, each with its start time. */
  levels: { at: number; level: IncidentLevel }[]
  composite: Grade | null
  /** The highest grade ever assessed, or the current one if it is higher. */
  highest: { grade: Grade; at: number } | null
  tasks: { done: number; open: number }
  /** In the order in which they happened, the first {@link MOST_KEY_ENTRIES}. */
  entries: KeyEntry[]
  /** Total number of key entries. */
  entryTotal: number
  series: SeriesView[]
  peaks: SeriesPeak[]
}

/** An open task as the wall shows it. */
export type WallTask = {
  id: string
  title: string
  layer: Layer
  dueAt: number | null
  /** Number of open tasks that it waits for, and that wait for it. */ waitsFor: number
  holdsUp: number
}

/**
 * One incident for a screen visible to everybody in the room. It excludes customer data: customer voices are left out,
 * numbers and addresses that identify a person are masked, and the known facts, comments and evidence are not included.
 */
export type WallView = {
  /** When it was read, by the workspace's clock. */
  readAt: number
  incident: Pick<
    IncidentView,
    'id' | 'title' | 'type' | 'level' | 'stage' | 'status' | 'mode' | 'declaredAt' | 'commanderName' | 'clocks' | 'pending' | 'closedAt'
  >
  /** Newest first, at most six: decisions, statements and starred entries. */
  entries: { id: string; kind: EntryKind; at: number; text: string; turningPoint?: TurningPoint; starred: boolean }[]
  tasks: WallTask[]
  composite: Grade | null
  curve: { name: string; unit: string; hourly: boolean; points: CurvePoint[] } | null
  turningPoints: { entryId: string; kind: TurningPoint; at: number }[]
  /** When the newest entry was recorded, and when the newest number was measured. */
  newestEntryAt: number | null
  newestNumberAt: number | null
}

export const overviewApi = {
  'incidents.outline': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['rules', ...ofIncident(incidentId, 'incident', 'timeline', 'tasks', 'series', 'imports', 'risk')])
    .returns<IncidentOutline>(),
  /** For a restricted incident: `not-found`, as if it did not exist. */
  'incidents.wall': query(IncidentRef)
    .dependsOn(({ incidentId }) => [
      'rules',
      ...ofIncident(incidentId, 'incident', 'timeline', 'tasks', 'people', 'series', 'imports', 'risk'),
    ])
    .returns<WallView>(),
}
