import type { SystemEvent } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { Draft } from '../store/replica-store.ts'

/**
 * A timeline entry that the app writes itself, in the same commit as what it notes. Screens word the event in their own
 * language; the text is for search and for readers of the raw log.
 */
export function systemNote(incidentId: string, entryId: string, at: number, code: SystemEvent['code'], params: SystemEvent['params'], after?: number[]): Draft {
  return {
    scope: incidentScope(incidentId),
    kind: 'entry',
    id: entryId,
    type: 'entry.record',
    body: { kind: 'system', text: noteText({ code, params }), happenedAt: at, event: { code, params } },
    ...(after ? { after } : {}),
  }
}
