import { ClockId, ClockRules, type ClockState } from '#domain/incidents/clocks.ts'
import {
  IncidentLevel,
  IncidentMode,
  IncidentTitle,
  IncidentType,
  KnownFacts,
  RestrictedTo,
  Stage,
  type IncidentState,
} from '#domain/incidents/incident.ts'
import { SeriesMetric, type SeriesReading, type SeriesPoint } from '#domain/series/series.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { EventTime } from '#domain/time/event-time.ts'
import { z } from 'zod'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/**
 * The editions that the author saw of the texts being overwritten; if a text has changed since, the call fails with
 * `changed-meanwhile`.
 */
export const Seen = z.record(z.string().max(40), z.string().max(80))

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** True while something that the viewer sees is not yet acknowledged by the hub. */
export type Pending = { pending: boolean }

export type IncidentView = IncidentState &
  Pending & {
    id: string
    declaredByName: string
    commanderName: string
    entryCount: number
    lastEntryAt: number | null
    /** The current version of each free text; see `seen` of `incidents.revise`. */
    editions?: Editions
    /** For a closed incident: when it was closed, by its timeline; omitted if unknown. */
    closedAt?: number
  }

export type SeriesView = Pending & {
  id: string
  name: string
  unit: string
  metric: SeriesMetric
  reading: SeriesReading
  /** True if nobody stated the reading and it was guessed from name and numbers. */ readingGuessed: boolean
  points: number
  from: number | null
  to: number | null
  last: number | null
}

/**
 * Changes of the incident list since a mark: full views of the changed incidents, and all ids newest first, or null if no
 * incident was added, removed or moved. `whole`: the changes are unknown, and all incidents are included.
 */
export type IncidentChanges = { mark: string; whole: boolean; changed: IncidentView[]; ids: string[] | null }

/** Incidents: declare, read, revise, and name the entry that met a clock. */
export const incidentApi = {
  'incidents.declare': command(
    z.strictObject({
      title: IncidentTitle,
      type: IncidentType,
      level: IncidentLevel,
      stage: Stage,
      known: KnownFacts.default(''),
      mode: IncidentMode.default('real'),
      /** When a historical incident began; required for these, not allowed for others. */
      declaredAt: EventTime.optional(),
      /** Default: the limits of the level. */
      clocks: ClockRules.optional(),
      /** Whether a formal apology is due (C1-03); default: by type. */
      apologyDue: z.boolean().optional(),
      /** Only these members may read it; the author is always included. */
      restrictedTo: RestrictedTo.optional(),
    }),
    { action: 'incident.declare' },
  ).returns<IncidentView>(),
  'incidents.list': query(z.strictObject({}))
    .dependsOn(() => ['incidents'])
    .returns<IncidentView[]>(),
  /** For screens that stay open, instead of the list; takes the mark of the last answer. */
  'incidents.changes': query(z.strictObject({ since: z.string().max(80).nullable() }))
    .dependsOn(() => ['incidents'])
    .returns<IncidentChanges>(),
  'incidents.get': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'incident', 'timeline'))
    .returns<IncidentView>(),
  'incidents.revise': command(
    IncidentRef.extend({
      title: IncidentTitle.optional(),
      known: KnownFacts.optional(),
      type: IncidentType.optional(),
      stage: Stage.optional(),
      seen: Seen.optional(),
    }),
    { action: 'incident.revise', edits: { kind: 'incident', id: 'incidentId' } },
  ).returns<IncidentView>(),
  'incidents.meetClock': command(
    IncidentRef.extend({
      clock: ClockId,
      entryId: z.uuid(),
      /** Other clocks that the same entry met, in the same action. */ also: z.array(ClockId).max(4).optional(),
    }),
    { action: 'clock.meet' },
  ).returns<ClockState[]>(),
  /** The clock does not apply; `reopenClock` restarts it. */
  'incidents.stopClock': command(IncidentRef.extend({ clock: ClockId, reason: z.string().trim().min(1).max(500) }), {
    action: 'clock.stop',
  }).returns<ClockState[]>(),
  'incidents.reopenClock': command(IncidentRef.extend({ clock: ClockId, reason: z.string().trim().min(1).max(500) }), {
    action: 'clock.reopen',
  }).returns<ClockState[]>(),
  'incidents.series': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'series', 'imports'))
    .returns<SeriesView[]>(),
  /** The points of one series in time order, at most 20,000. */
  'incidents.seriesPoints': query(IncidentRef.extend({ seriesId: z.uuid() }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'series', 'imports'))
    .returns<{ series: SeriesView; points: SeriesPoint[] }>(),
}
