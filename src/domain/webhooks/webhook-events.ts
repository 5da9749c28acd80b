/** What webhooks tell of. Closed list; each comes from one record of the log, whose op type says which. */
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
