/** Webhook events. Closed list; each is caused by one record of the log and determined by its op type. */
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
  'wording.published',
  'wording.withdrawn',
  'bulletin.issued',
  'bulletin.missed',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
