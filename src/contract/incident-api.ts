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
import { EventTime } from '#domain/timeline/entry.ts'
import { z } from 'zod'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** The editions that its author looked at, where texts are written over; what has moved on since is refused with `changed-meanwhile`. */
export const Seen = z.record(z.string().max(40), z.string().max(80))

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

/** True while something the viewer sees has not yet been acknowledged by the hub. */
export type Pending = { pending: boolean }

export type IncidentView = IncidentState &
  Pending & {
    id: string
    declaredByName: string
    commanderName: string
    entryCount: number
    lastEntryAt: number | null
    /** Which writing of each free text this is; see `seen` of `incidents.revise`. */
    editions?: Editions
    /** Of a closed incident: when it was closed, as its timeline says; left out where it does not say. */
    closedAt?: number
  }

export type SeriesView = Pending & {
  id: string
  name: string
  unit: string
  metric: SeriesMetric
  reading: SeriesReading
  /** True where nobody said how it is read, and it was told from its name and its numbers. */ readingGuessed: boolean
  points: number
  from: number | null
  to: number | null
  last: number | null
}

/**
 * The list of incidents as it has changed since a mark: whole views of those that changed, and all ids newest first, or null
 * where no incident came, went or moved. `whole`: it cannot be told, and here are all.
 */
export type IncidentChanges = { mark: string; whole: boolean; changed: IncidentView[]; ids: string[] | null }

/** Incidents: declare, read, revise, and say which entry met a clock. */
export const incidentApi = {
  'incidents.declare': command(
    z.strictObject({
      title: IncidentTitle,
      type: IncidentType,
      level: IncidentLevel,
      stage: Stage,
      known: KnownFacts.default(''),
      mode: IncidentMode.default('real'),
      /** When a historical incident began; of those alone, which need it. */
      declaredAt: EventTime.optional(),
      /** Left out: the defaults of the level. */
      clocks: ClockRules.optional(),
      /** Whether a formal apology is due (C1-03); left out: as usual for the type. */
      apologyDue: z.boolean().optional(),
      /** Named members only; the author is always among them. */
      restrictedTo: RestrictedTo.optional(),
    }),
    { action: 'incident.declare' },
  ).returns<IncidentView>(),
  'incidents.list': query(z.strictObject({}))
    .dependsOn(() => ['incidents'])
    .returns<IncidentView[]>(),
  /** What a screen that stays open asks instead of the list, with the mark of its last answer. */
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
      /** Others that the same entry met, in the same act. */ also: z.array(ClockId).max(4).optional(),
    }),
    { action: 'clock.meet' },
  ).returns<ClockState[]>(),
  /** The clock does not apply here; `reopenClock` lets it run again. */
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
