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

/** Key entries of one incident that a comparison holds at most. */
export const MOST_KEY_ENTRIES = 500

/** An entry that tells the course of an incident: starred, decision, statement, turning point, or a change of level, status or command. */
export type KeyEntry = {
  id: string
  kind: EntryKind
  at: number
  text: string
  event?: SystemEvent
  turningPoint?: TurningPoint
  starred: boolean
}

/** The highest of a series: of counts by the hour, of a level the highest measurement. */
export type SeriesPeak = { seriesId: string; name: string; unit: string; metric: SeriesMetric; hourly: boolean; at: number; value: number }

/** What two incidents are compared by. */
export type IncidentOutline = {
  incident: IncidentView
  /** When the first entry that a person wrote happened; null where nobody wrote. */
  firstEntryAt: number | null
  /** The level from the declaration on, each with the moment it began. */
  levels: { at: number; level: IncidentLevel }[]
  composite: Grade | null
  /** The highest grade that was ever assessed, or stands now. */
  highest: { grade: Grade; at: number } | null
  tasks: { done: number; open: number }
  /** In the order in which they happened, the first {@link MOST_KEY_ENTRIES}. */
  entries: KeyEntry[]
  /** How many key entries there are in all. */
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
  /** Open tasks before it, and behind it. */ waitsFor: number
  holdsUp: number
}

/**
 * One incident for a screen that anybody in the room can read. Nothing of customers is in it: customer voices are left out,
 * numbers and addresses that identify a person are masked, and what is known, comments and evidence stay in the room.
 */
export type WallView = {
  /** When it was read, by the workspace's clock. */
  readAt: number
  incident: Pick<
    IncidentView,
    'id' | 'title' | 'type' | 'level' | 'stage' | 'status' | 'mode' | 'declaredAt' | 'commanderName' | 'clocks' | 'pending' | 'closedAt'
  >
  /** Newest first, at most six: decisions, statements and what is starred. */
  entries: { id: string; kind: EntryKind; at: number; text: string; turningPoint?: TurningPoint; starred: boolean }[]
  tasks: WallTask[]
  composite: Grade | null
  curve: { name: string; unit: string; hourly: boolean; points: CurvePoint[] } | null
  turningPoints: { entryId: string; kind: TurningPoint; at: number }[]
  /** When the newest entry was written down, and when the newest number was measured. */
  newestEntryAt: number | null
  newestNumberAt: number | null
}

export const overviewApi = {
  'incidents.outline': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['rules', ...ofIncident(incidentId, 'incident', 'timeline', 'tasks', 'series', 'imports', 'risk')])
    .returns<IncidentOutline>(),
  /** Of a restricted incident: `not-found`, as if it were not there. */
  'incidents.wall': query(IncidentRef)
    .dependsOn(({ incidentId }) => [
      'rules',
      ...ofIncident(incidentId, 'incident', 'timeline', 'tasks', 'people', 'series', 'imports', 'risk'),
    ])
    .returns<WallView>(),
}
