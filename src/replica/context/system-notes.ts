import type { SystemEvent } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Draft } from '../store/replica-store.ts'
import type { ServiceContext } from './service-context.ts'

/**
 * A timeline entry that the app writes itself, in the same commit as what it notes. Screens word the event in their own
 * language; the text is for search and for readers of the raw log.
 */
export function systemNote(
  incidentId: string,
  entryId: string,
  at: number,
  code: SystemEvent['code'],
  params: SystemEvent['params'],
  after?: number[],
): Draft {
  return {
    scope: incidentScope(incidentId),
    kind: 'entry',
    id: entryId,
    type: 'entry.record',
    body: { kind: 'system', text: noteText({ code, params }), happenedAt: at, event: { code, params } },
    ...(after ? { after } : {}),
  }
}

/** Finds when a closed incident was closed, as the note of it says: milliseconds since 1970, or null where there is none. */
export function closingReader({ db }: ServiceContext): (scope: string) => number | null {
  const last = db.prepare<[string], { at: number }>(
    `SELECT sort_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND facet = 'system'
       AND json_extract(coalesce(view, canonical), '$.state.event.code') = 'status-changed'
       AND json_extract(coalesce(view, canonical), '$.state.event.params.to') = 'closed'
     ORDER BY recorded_at DESC, row DESC LIMIT 1`,
  )
  return (scope) => last.get(scope)?.at ?? null
}
