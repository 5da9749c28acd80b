import { findOpType } from '#domain/features.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { WebhookEvent } from '#domain/webhooks/webhook-events.ts'

/**
 * The events of a record. They say what happened, where and by whom, without content: receivers read that through the API, if they
 * may. The op type determines the event.
 */
export function eventsOf(
  record: LogRecord,
): { event: WebhookEvent; opId: string; body: { type: WebhookEvent; timestamp: string; data: Record<string, unknown> } }[] {
  const incidentId = incidentOfScope(record.scope)
  const parsed = record.outcome.kind === 'accepted' && incidentId !== null ? parseOp(record.bytes) : null
  if (!parsed?.ok) return []
  const { op } = parsed
  const events = findOpType(op.type, op.version)?.webhookEvents(op) ?? []
  const data = { incidentId, entity: op.entity, seq: record.seq, actor: record.actor }
  return events.map((type) => ({ event: type, opId: op.opId, body: { type, timestamp: new Date(record.hubTime).toISOString(), data } }))
}
