import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { incidentType } from '#domain/incidents/incident-types.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Draft } from '../store/replica-store.ts'
import type { IncidentCache } from './incident-cache.ts'
import { createMarkedList } from './marked-list.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { memberNames, pendingIds, VISIBLE, write, type ServiceContext } from '../context/service-context.ts'
import type { SeriesReader } from './series-reader.ts'
import { closingReader, systemNote } from '../context/system-notes.ts'
import { clockRulesFor } from './team-rules.ts'
import { refuseUnseen } from './text-service.ts'

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

/** Declares incidents, shows them, and keeps their clocks. */
export function incidentService(context: ServiceContext, series: SeriesReader, kept: IncidentCache): IncidentHandlers {
  const { db, store } = context
  const readOrder = db.prepare<[], string>("SELECT id FROM entity WHERE kind = 'incident' ORDER BY sort_at DESC, id DESC").pluck()
  const countEntries = db.prepare<[string], { count: number }>(
    `SELECT coalesce(sum(count), 0) AS count FROM (SELECT count, nullif(origin, '') AS origin FROM tally WHERE scope = ?) WHERE ${VISIBLE}`,
  )
  const lastEntry = db.prepare<[string], { at: number }>(
    `SELECT sort_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND facet <> 'system' AND ${VISIBLE} ORDER BY sort_at DESC LIMIT 1`,
  )
  const isPending = pendingIds(context, 'incident')
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

  return {
    'incidents.declare': (input) => {
      const id = context.uuid()
      const isPast = input.mode === 'historical'
      if (isPast ? input.declaredAt === undefined || input.declaredAt >= context.now() : input.declaredAt !== undefined)
        return fail('bad-input', { detail: 'declaredAt' })
      const declaredAt = input.declaredAt ?? context.now()
      const apologyDue = input.apologyDue ?? incidentType(input.type).apologyUsual
      const { title, type, level, stage, known, mode } = input
      const clocks = input.clocks ?? clockRulesFor(context, level, type, apologyDue)
      const written = write(context, [
        {
          scope: incidentScope(id),
          kind: 'incident',
          id,
          type: 'incident.declare',
          ...(isPast ? { version: 2 } : {}),
          body: {
            title,
            type,
            level,
            stage,
            known,
            mode,
            declaredAt,
            ...(isPast ? {} : { clocks }),
            ...(input.restrictedTo ? { restrictedTo: input.restrictedTo } : {}),
          },
        },
        systemNote(id, context.uuid(), declaredAt, 'declared', { level, stage }, [0]),
      ])
      return written.ok ? view(id) : written
    },

    'incidents.list': () => done(all()),

    'incidents.changes': ({ since }) => done(marked.changes(all(), since)),

    'incidents.get': ({ incidentId }) => view(incidentId),

    'incidents.revise': ({ incidentId, seen, ...fields }) => {
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      if (Object.keys(given).length === 0) return view(incidentId)
      const overtaken = refuseUnseen(find(incidentId), seen, given)
      if (overtaken) return overtaken
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type: 'incident.revise', body: given },
        systemNote(
          incidentId,
          context.uuid(),
          context.now(),
          'revised',
          {
            fields: Object.keys(given).join(', '),
            ...(fields.stage ? { stage: fields.stage } : {}),
            ...(fields.known === undefined ? {} : { known: fields.known, before: find(incidentId)?.state.known ?? '' }),
          },
          [0],
        ),
      ])
      return written.ok ? view(incidentId) : written
    },

    'incidents.meetClock': ({ incidentId, clock, entryId, also }) => {
      const entry = ENTRY.read(store, entryId)
      if (!entry) return fail('entry-not-in-incident')
      const drafts = [...new Set([clock, ...(also ?? [])])].flatMap((one, index): Draft[] => [
        {
          scope: incidentScope(incidentId),
          kind: 'incident',
          id: incidentId,
          type: 'incident.meet-clock',
          body: { clock: one, entryId, metAt: entry.state.happenedAt },
        },
        systemNote(incidentId, context.uuid(), context.now(), 'clock-met', { clock: one, entryId }, [index * 2]),
      ])
      const written = write(context, drafts)
      return written.ok ? done(find(incidentId)?.state.clocks ?? []) : written
    },

    'incidents.stopClock': ({ incidentId, clock, reason }) => {
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type: 'incident.stop-clock', body: { clock, reason } },
        systemNote(incidentId, context.uuid(), context.now(), 'clock-stopped', { clock, reason }, [0]),
      ])
      return written.ok ? done(find(incidentId)?.state.clocks ?? []) : written
    },

    'incidents.reopenClock': ({ incidentId, clock, reason }) => {
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type: 'incident.reopen-clock', body: { clock, reason } },
        systemNote(incidentId, context.uuid(), context.now(), 'clock-reopened', { clock, reason }, [0]),
      ])
      return written.ok ? done(find(incidentId)?.state.clocks ?? []) : written
    },

    'incidents.series': ({ incidentId }) => done(series.all(incidentId).map((one) => one.series)),

    'incidents.seriesPoints': ({ incidentId, seriesId }) => {
      const found = series.find(incidentId, seriesId)
      if (!found) return fail('not-found')
      const { points } = found
      // A longer series is thinned evenly: a screen has fewer dots than that.
      const every = Math.ceil(points.length / POINTS_LIMIT)
      return done({ series: found.series, points: every <= 1 ? points : points.filter((_, index) => index % every === 0) })
    },
  }
}
