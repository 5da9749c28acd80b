import { incidentOfScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'

/** What webhooks tell of. Closed list; each comes from one record of the log. */
export const WEBHOOK_EVENTS = [
  'incident.declared',
  'incident.revised',
  'incident.level-changed',
  'incident.status-changed',
  'incident.command-handed-over',
  'clock.met',
  'clock.stopped',
  'entry.added',
  'entry.corrected',
  'statement.added',
  'task.added',
  'task.moved',
  'numbers.added',
  'risk.assessed',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

const BY_TYPE: Record<string, WebhookEvent> = {
  'incident.declare': 'incident.declared',
  'incident.revise': 'incident.revised',
  'incident.change-level': 'incident.level-changed',
  'incident.set-status': 'incident.status-changed',
  'incident.hand-over': 'incident.command-handed-over',
  'incident.meet-clock': 'clock.met',
  'incident.stop-clock': 'clock.stopped',
  'entry.record': 'entry.added',
  'entry.correct': 'entry.corrected',
  'task.create': 'task.added',
  'task.move': 'task.moved',
  'series.add-points': 'numbers.added',
  'assessment.record': 'risk.assessed',
}

/**
 * The events of a record. They say what happened where and by whom, never the words: those are read through the API, by whoever
 * may. What an import brings is not told line by line.
 */
export function eventsOf(
  record: LogRecord,
): { event: WebhookEvent; opId: string; body: { type: WebhookEvent; timestamp: string; data: Record<string, unknown> } }[] {
  const incidentId = incidentOfScope(record.scope)
  const parsed = record.outcome.kind === 'accepted' && incidentId !== null ? parseOp(record.bytes) : null
  if (!parsed?.ok) return []
  const { op } = parsed
  const event = BY_TYPE[op.type]
  if (event === undefined || op.body['importId'] !== undefined || op.body['mode'] === 'historical' || op.body['kind'] === 'system')
    return []
  const events: WebhookEvent[] = op.type === 'entry.record' && op.body['kind'] === 'statement' ? [event, 'statement.added'] : [event]
  const data = { incidentId, entity: op.entity, seq: record.seq, actor: record.actor }
  return events.map((type) => ({ event: type, opId: op.opId, body: { type, timestamp: new Date(record.hubTime).toISOString(), data } }))
}
