import { ClockId } from '#domain/incidents/clocks.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { PAGE_SIZE, type EntryView } from '#contract/timeline-api.ts'
import type { Draft } from '../store/replica-store.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { EntryViews } from './entry-views.ts'
import { writerFollows } from './following.ts'
import { write, type ServiceContext } from '../context/service-context.ts'
import { closingReader, systemNote } from '../context/system-notes.ts'
import { clockMarks, countDensity } from './timeline-density.ts'
import type { TimelineList } from './timeline-list.ts'

export type TimelineHandlers = Pick<
  ApiHandlers,
  | 'timeline.record'
  | 'timeline.outline'
  | 'timeline.page'
  | 'timeline.density'
  | 'timeline.locate'
  | 'timeline.entry'
  | 'timeline.correct'
  | 'timeline.star'
  | 'timeline.comment'
  | 'timeline.tag'
  | 'timeline.link'
  | 'timeline.attach'
>

/** Writes and shows the timeline of an incident. Entries are append-only: a correction stands beside its original. */
export function timelineService(context: ServiceContext, list: TimelineList, views: EntryViews, evidence: EvidenceFiles): TimelineHandlers {
  const view = (incidentId: string, entryId: string): Result<EntryView> => {
    const found = views.view(incidentId, entryId)
    return found ? done(found) : fail('not-found')
  }

  const closedAt = closingReader(context)

  /** One op on an existing entry, then the entry as it is now. */
  const change = (
    incidentId: string,
    entryId: string,
    type: string,
    body: Record<string, unknown>,
    also: readonly Draft[] = [],
  ): Result<EntryView> => {
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    const written = write(context, [{ scope: incidentScope(incidentId), kind: 'entry', id: entryId, type, body: given }, ...also])
    return written.ok ? view(incidentId, entryId) : written
  }

  return {
    'timeline.record': ({ incidentId, meets, evidence: hashes, evidenceNames, ...content }) => {
      const files: Evidence[] = []
      for (const hash of hashes ?? []) {
        const file = evidence.find(hash)
        if (!file) return fail('evidence-missing', { hash })
        files.push({ ...file, name: evidenceNames?.[hash] ?? file.name })
      }
      const id = context.uuid()
      const happenedAt = content.happenedAt ?? context.now()
      const body = Object.fromEntries(
        Object.entries({ ...content, happenedAt, ...(files.length > 0 ? { evidence: files } : {}) }).filter(
          ([, value]) => value !== undefined,
        ),
      )
      const drafts: Draft[] = [{ scope: incidentScope(incidentId), kind: 'entry', id, type: 'entry.record', body }]
      for (const clock of meets ?? []) {
        const parsed = ClockId.safeParse(clock)
        if (!parsed.success) return fail('clock-unknown', { clock })
        drafts.push({
          scope: incidentScope(incidentId),
          kind: 'incident',
          id: incidentId,
          type: 'incident.meet-clock',
          body: { clock: parsed.data, entryId: id, metAt: happenedAt },
          after: [0],
        })
        drafts.push(
          systemNote(incidentId, context.uuid(), context.now(), 'clock-met', { clock: parsed.data, entryId: id }, [drafts.length - 1]),
        )
      }
      const written = write(context, [...drafts, ...writerFollows(context, incidentId)])
      return written.ok ? view(incidentId, id) : written
    },

    'timeline.outline': ({ incidentId, filter, zone, group }) => done(list.outline(incidentId, filter, zone, group ?? 'day')),

    'timeline.page': ({ incidentId, filter, page }) => {
      const { version, rows, gaps } = list.page(incidentId, filter, page)
      return done({ page, version, rows: views.rows(incidentId, rows), gaps })
    },

    'timeline.density': ({ incidentId, filter, zone }) => {
      const incident = INCIDENT.read(context.store, incidentId)
      if (!incident) return fail('not-found')
      return done({
        buckets: countDensity(
          list,
          incidentId,
          filter,
          clockMarks(
            incident.state.clocks,
            context.now(),
            endOfClocks({ status: incident.state.status, closedAt: closedAt(incident.scope) ?? undefined }),
          ),
          zone,
        ),
      })
    },

    'timeline.locate': ({ incidentId, entryId, filter }) => {
      const position = list.locate(incidentId, filter, entryId)
      return done(position === null ? null : { page: Math.floor(position / PAGE_SIZE), row: position % PAGE_SIZE })
    },

    'timeline.entry': ({ incidentId, entryId }) => view(incidentId, entryId),
    'timeline.correct': ({ incidentId, entryId, content, reason, mentions }) =>
      change(incidentId, entryId, 'entry.correct', { content, reason, mentions }),
    'timeline.star': ({ incidentId, entryId, starred }) => {
      const changed = change(incidentId, entryId, 'entry.star', { starred })
      return changed.ok ? done(null) : changed
    },
    'timeline.comment': ({ incidentId, entryId, text, mentions }) =>
      change(incidentId, entryId, 'entry.comment', { commentId: context.uuid(), text, mentions }, writerFollows(context, incidentId)),
    'timeline.tag': ({ incidentId, entryId, add, remove }) => change(incidentId, entryId, 'entry.tag', { add, remove }),
    'timeline.link': ({ incidentId, entryId, to, relation, remove }) => change(incidentId, entryId, 'entry.link', { to, relation, remove }),
    'timeline.attach': ({ incidentId, entryId, hash, name }) => {
      const file = evidence.find(hash)
      return file ? change(incidentId, entryId, 'entry.attach', { evidence: { ...file, name } }) : fail('evidence-missing', { hash })
    },
  }
}
