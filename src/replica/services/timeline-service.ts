import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Command } from '#domain/commands/command.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import {
  attachToEntry,
  commentOnEntry,
  correctEntry,
  linkEntry,
  recordEntry,
  starEntry,
  tagEntry,
} from '#domain/commands/entry-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { PAGE_SIZE, type EntryView } from '#contract/timeline-api.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { EntryViews } from './entry-views.ts'
import { runCommand } from '../context/run-command.ts'
import type { ServiceContext } from '../context/service-context.ts'
import { closingReader } from '../context/system-notes.ts'
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

  /** Runs a command on an entry and returns the entry after it. */
  function act<Input extends { incidentId: string; entryId: string }>(command: Command<Input>, input: Input): Result<EntryView> {
    const written = runCommand(context, command, input)
    return written.ok ? view(input.incidentId, input.entryId) : written
  }

  return {
    'timeline.record': ({ incidentId, meets, evidence: hashes, evidenceNames, ...content }) => {
      const files: Evidence[] = []
      for (const hash of hashes ?? []) {
        const file = evidence.find(hash)
        if (!file) return fail('evidence-missing', { hash })
        files.push({ ...file, name: evidenceNames?.[hash] ?? file.name })
      }
      return act(recordEntry, { incidentId, entryId: context.uuid(), entry: { ...content, evidence: files }, meets })
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
    'timeline.correct': (input) => act(correctEntry, input),
    'timeline.star': (input) => {
      const changed = act(starEntry, input)
      return changed.ok ? done(null) : changed
    },
    'timeline.comment': (input) => act(commentOnEntry, { ...input, commentId: context.uuid() }),
    'timeline.tag': (input) => act(tagEntry, input),
    'timeline.link': (input) => act(linkEntry, input),
    'timeline.attach': ({ incidentId, entryId, hash, name }) => {
      const file = evidence.find(hash)
      return file ? act(attachToEntry, { incidentId, entryId, evidence: { ...file, name } }) : fail('evidence-missing', { hash })
    },
  }
}
