import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Command } from '#domain/commands/command.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { declareIncident, meetClocks, reviseIncident, setClock } from '#domain/commands/incident-commands.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { IncidentCache } from './incident-cache.ts'
import { createMarkedList } from './marked-list.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, pendingIds, VISIBLE, type ServiceContext } from '../context/service-context.ts'
import type { SeriesReader } from './series-reader.ts'
import { closingReader } from '../context/system-notes.ts'

export type IncidentHandlers = Pick<
  ApiHandlers,
  | 'incidents.declare'
  | 'incidents.list'
  | 'incidents.changes'
  | 'incidents.get'
  | 'incidents.revise'
  | 'incidents.meetClock'
  | 'incidents.stopClock'
  | 'incidents.reopenClock'
  | 'incidents.series'
  | 'incidents.seriesPoints'
>

const POINTS_LIMIT = 20_000

/** Declares incidents, shows them, and manages their clocks. */
export function incidentService(context: ServiceContext, series: SeriesReader, kept: IncidentCache): IncidentHandlers {
  const { db, store } = context
  const readOrder = db.prepare<[], string>("SELECT id FROM entity WHERE kind = 'incident' ORDER BY sort_at DESC, id DESC").pluck()
  const countEntries = db.prepare<[string], { count: number }>(
    `SELECT coalesce(sum(count), 0) AS count FROM (SELECT count, nullif(origin, '') AS origin FROM tally WHERE scope = ?) WHERE ${VISIBLE}`,
  )
  const lastEntry = db.prepare<[string], { at: number }>(
    `SELECT sort_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND facet <> 'system' AND ${VISIBLE} ORDER BY sort_at DESC LIMIT 1`,
  )
  const isPending = pendingIds(context, INCIDENT.kind)
  const closedAt = closingReader(context)

  const find = (id: string) => INCIDENT.read(store, id)

  const viewOf = kept.keep({ own: ['incident', 'entry', 'import'], anywhere: ['member'] }, (id): IncidentView | null => {
    const entity = find(id)
    if (!entity) return null
    const names = memberNames(context)
    const closed = isRunning(entity.state) ? null : closedAt(entity.scope)
    return {
      ...entity.state,
      ...(closed === null ? {} : { closedAt: closed }),
      editions: editionsOf(entity),
      id,
      declaredByName: names(entity.state.declaredBy),
      commanderName: entity.state.commanderPerson ?? names(entity.state.commander),
      entryCount: countEntries.get(entity.scope)?.count ?? 0,
      lastEntryAt: lastEntry.get(entity.scope)?.at ?? null,
      pending: isPending(id),
    }
  })

  const newestFirst = kept.keepOne(['incident'], () => readOrder.all())
  const all = kept.keepOne(['incident', 'entry', 'import', 'member'], () => newestFirst().flatMap((id) => viewOf(id) ?? []))

  const marked = createMarkedList<IncidentView>(context.uuid())

  function view(id: string): Result<IncidentView> {
    const found = viewOf(id)
    return found ? done(found) : fail('not-found')
  }

  /** Runs a command on clocks and returns all of them. */
  function onClocks<Input extends { incidentId: string }>(command: Command<Input>, input: Input): Result<ClockState[]> {
    const written = runCommand(context, command, input)
    return written.ok ? done(find(input.incidentId)?.state.clocks ?? []) : written
  }

  return {
    'incidents.declare': (incident) => {
      const incidentId = context.uuid()
      const written = runCommand(context, declareIncident, { incidentId, incident })
      return written.ok ? view(incidentId) : written
    },

    'incidents.list': () => done(all()),

    'incidents.changes': ({ since }) => done(marked.changes(all(), since)),

    'incidents.get': ({ incidentId }) => view(incidentId),

    'incidents.revise': ({ incidentId, seen, ...change }) => {
      const written = runCommand(context, reviseIncident, { incidentId, change, seen })
      return written.ok ? view(incidentId) : written
    },

    'incidents.meetClock': ({ incidentId, clock, entryId, also }) =>
      onClocks(meetClocks, { incidentId, entryId, clocks: [clock, ...(also ?? [])] }),
    'incidents.stopClock': (input) => onClocks(setClock, { ...input, to: 'stopped' as const }),
    'incidents.reopenClock': (input) => onClocks(setClock, { ...input, to: 'reopened' as const }),

    'incidents.series': ({ incidentId }) => done(series.all(incidentId).map((one) => one.series)),

    'incidents.seriesPoints': ({ incidentId, seriesId }) => {
      const found = series.find(incidentId, seriesId)
      if (!found) return fail('not-found')
      const { points } = found
      // A longer series is thinned evenly: a screen shows no more points.
      const every = Math.ceil(points.length / POINTS_LIMIT)
      return done({ series: found.series, points: every <= 1 ? points : points.filter((_, index) => index % every === 0) })
    },
  }
}
