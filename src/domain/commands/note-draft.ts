import type { Draft } from './command.ts'
import { incidentScope } from '../log/ids.ts'
import type { SystemEvent } from '../timeline/entry.ts'
import { noteText } from '../timeline/system-notes.ts'

/**
 * A system note: a timeline entry written by the app itself, together with the op that it describes. Screens show the event
 * in their own language; the text is for search and for readers of the raw log.
 * @param at when it happened, milliseconds since 1970
 * @param after the indexes of the drafts that it depends on, see {@link Draft}
 */
export function noteDraft(
  incidentId: string,
  entryId: string,
  at: number,
  code: SystemEvent['code'],
  params: SystemEvent['params'],
  after?: readonly number[],
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
