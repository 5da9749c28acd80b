import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { IncidentLevel } from '#domain/incidents/incident-level.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { hourlyCurve } from '#domain/risk/curves.ts'
import { assessRisk, type Grade } from '#domain/risk/risk.ts'
import { commanderOf, countHeldUp, layerOfTask } from '#domain/tasks/task-layer.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { PersonView } from '#contract/people-api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import {
  MOST_KEY_ENTRIES,
  type IncidentOutline,
  type KeyEntry,
  type SeriesPeak,
  type WallTask,
  type WallView,
} from '#contract/overview-api.ts'
import { HOUR } from '#domain/durations.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { IncidentHandlers } from './incident-service.ts'
import type { PeopleHandlers } from './people-service.ts'
import type { RiskReader } from './risk-reader.ts'
import type { SeriesReader, SeriesWithPoints } from './series-reader.ts'
import { VISIBLE, type ServiceContext } from '../context/service-context.ts'
import type { TaskViews } from './task-views.ts'

export type OverviewHandlers = Pick<ApiHandlers, 'incidents.outline' | 'incidents.wall'>

const WALL_ENTRIES = 6
/** Hours of the curve on the wall display. */
const WALL_HOURS = 72
/** System notes that mark the course of an incident. */
const KEY_EVENTS: readonly string[] = ['declared', 'level-changed', 'status-changed', 'command-handed-over', 'clock-met']
const KEY_ENTRIES = `kind = 'entry' AND scope = ? AND (facet IN ('decision', 'statement', 'turning-point', 'system') OR starred = 1) AND ${VISIBLE}`

type Readers = { incidents: IncidentHandlers; people: PeopleHandlers; tasks: TaskViews; risk: RiskReader; series: SeriesReader }

/** Reads whole incidents in one call each: to compare two, and for the wall display. */
export function overviewService(context: ServiceContext, { incidents, people, tasks, risk, series }: Readers): OverviewHandlers {
  const { db } = context
  const keyEntries = db.prepare<[string], EntityRow>(`SELECT * FROM entity WHERE ${KEY_ENTRIES} ORDER BY sort_at, row`)
  const firstEntry = db.prepare<[string], { at: number }>(
    `SELECT sort_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND facet <> 'system' AND ${VISIBLE} ORDER BY sort_at LIMIT 1`,
  )
  const newestEntry = db.prepare<[string], { at: number }>(
    `SELECT recorded_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND ${VISIBLE} ORDER BY recorded_at DESC LIMIT 1`,
  )
  const wallEntries = db.prepare<[string, number], EntityRow>(
    `SELECT * FROM entity WHERE kind = 'entry' AND scope = ? AND (facet IN ('decision', 'statement') OR (starred = 1 AND facet NOT IN ('customer-voice', 'system'))) AND ${VISIBLE} ORDER BY sort_at DESC, row DESC LIMIT ?`,
  )

  const entriesIn = (rows: readonly EntityRow[]) =>
    rows.flatMap((row) => {
      const entity = ENTRY.as(seenEntity(row))
      return entity ? [toKeyEntry(entity)] : []
    })

  function composite(incidentId: string): Grade | null {
    const { inputs, weights } = risk.read(incidentId)
    return assessRisk(inputs, weights)?.composite ?? null
  }

  function outline(incident: IncidentView): IncidentOutline {
    const scope = incidentScope(incident.id)
    const entries = entriesIn(keyEntries.all(scope)).filter((entry) => !entry.event || KEY_EVENTS.includes(entry.event.code))
    const all = series.all(incident.id)
    const grade = composite(incident.id)
    // The op's schema keeps it between 1 and 5.
    const grades = risk.history(incident.id).map(({ state }) => ({ grade: state.composite as Grade, at: state.at }))
    if (grade !== null) grades.unshift({ grade, at: context.now() })
    return {
      incident,
      firstEntryAt: firstEntry.get(scope)?.at ?? null,
      levels: levelsOf(incident, entries),
      composite: grade,
      // The first time it reached the maximum.
      highest: grades.reduceRight<IncidentOutline['highest']>(
        (highest, one) => (highest === null || one.grade > highest.grade ? one : highest),
        null,
      ),
      tasks: tasks.counts(incident.id),
      entries: entries.slice(0, MOST_KEY_ENTRIES),
      entryTotal: entries.length,
      series: all.map((one) => one.series),
      peaks: all.flatMap(peakOf),
    }
  }

  async function wall(incident: IncidentView): Promise<WallView> {
    const scope = incidentScope(incident.id)
    const all = series.all(incident.id)
    const shown = all.find((one) => one.series.metric === 'spread') ?? all[0]
    const assigned = await people['people.list']({ incidentId: incident.id })
    const { id, title, type, level, stage, status, mode, declaredAt, commanderName, clocks, pending, closedAt } = incident
    return {
      readAt: context.now(),
      incident: {
        id,
        title: maskPersonal(title),
        type,
        level,
        stage,
        status,
        mode,
        declaredAt,
        commanderName,
        clocks,
        pending,
        ...(closedAt === undefined ? {} : { closedAt }),
      },
      entries: entriesIn(wallEntries.all(scope, WALL_ENTRIES)).map(({ event: _event, ...entry }) => ({
        ...entry,
        text: maskPersonal(entry.text),
      })),
      tasks: wallTasks(tasks.open(incident.id), assigned.ok ? assigned.value : [], commanderOf(incident)),
      composite: composite(incident.id),
      curve: shown ? curveOf(shown) : null,
      turningPoints: risk.confirmed(incident.id).map(({ entryId, kind, at }) => ({ entryId, kind, at })),
      newestEntryAt: newestEntry.get(scope)?.at ?? null,
      newestNumberAt: all.reduce<number | null>(
        (newest, one) => (one.series.to === null ? newest : Math.max(newest ?? 0, one.series.to)),
        null,
      ),
    }
  }

  return {
    'incidents.outline': async ({ incidentId }) => {
      const incident = await incidents['incidents.get']({ incidentId })
      return incident.ok ? done(outline(incident.value)) : incident
    },
    'incidents.wall': async ({ incidentId }) => {
      const incident = await incidents['incidents.get']({ incidentId })
      if (!incident.ok) return incident
      // Restricted incidents are not shown on a display that anybody in the room reads.
      return incident.value.restrictedTo === null ? done(await wall(incident.value)) : fail('not-found')
    },
  }
}

function toKeyEntry({ id, state }: Entity<EntryState>): KeyEntry {
  const { kind, happenedAt, text, event, turningPoint, starred } = state
  return { id, kind, at: happenedAt, text, starred, ...(event ? { event } : {}), ...(turningPoint ? { turningPoint } : {}) }
}

/** The level from the declaration on; the first change tells the level before it. */
function levelsOf(incident: IncidentState, entries: readonly KeyEntry[]): IncidentOutline['levels'] {
  const changes = entries.flatMap(({ event, at }) => {
    const from = IncidentLevel.safeParse(event?.params['from'])
    const to = IncidentLevel.safeParse(event?.params['to'])
    return event?.code === 'level-changed' && from.success && to.success ? [{ at, from: from.data, to: to.data }] : []
  })
  return [{ at: incident.declaredAt, level: changes[0]?.from ?? incident.level }, ...changes.map(({ at, to }) => ({ at, level: to }))]
}

function peakOf({ series: { id, name, unit, metric, reading }, points }: SeriesWithPoints): SeriesPeak[] {
  const peak = hourlyCurve(points, reading).reduce<{ at: number; value: number } | null>(
    (highest, [at, value]) => (value !== null && (highest === null || value > highest.value) ? { at, value } : highest),
    null,
  )
  return peak ? [{ seriesId: id, name, unit, metric, hourly: reading !== 'level', ...peak }] : []
}

function curveOf({ series: { name, unit, reading }, points }: SeriesWithPoints): WallView['curve'] {
  const curve = hourlyCurve(points, reading)
  const end = curve.at(-1)?.[0] ?? 0
  return { name, unit, hourly: reading !== 'level', points: curve.filter(([at]) => at > end - WALL_HOURS * HOUR) }
}

/** Open tasks with their layer. */
function wallTasks(open: readonly TaskView[], people: readonly PersonView[], commander: ReturnType<typeof commanderOf>): WallTask[] {
  return open.map((task) => ({
    id: task.id,
    title: maskPersonal(task.title),
    layer: layerOfTask(task, people, commander),
    dueAt: task.dueAt,
    waitsFor: task.waitingFor.length,
    holdsUp: countHeldUp(open, task.id),
  }))
}
