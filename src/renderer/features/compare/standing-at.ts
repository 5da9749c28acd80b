import type { IncidentOutline } from '#contract/overview-api.ts'
import type { IncidentLevel } from '#domain/incidents/incident-level.ts'
import { INCIDENT_STATUSES, type IncidentStatus } from '#domain/incidents/incident.ts'

/** The state of an incident at a point in time. */
export type Standing = {
  level: IncidentLevel | null
  status: IncidentStatus | null
  decisions: number
  statements: number
  met: number
  overdue: number
}

/**
 * The state of an incident at `at` (milliseconds since 1970), including what happened at that time.
 * @returns null if `at` is in the future; level and status are null before the declaration
 */
export function standingAt(
  { incident, levels, entries }: Pick<IncidentOutline, 'incident' | 'levels' | 'entries'>,
  at: number,
  now: number,
): Standing | null {
  if (at > now) return null
  const so = entries.filter((entry) => entry.at <= at)
  const declared = at >= incident.declaredAt
  const changed = so.findLast((entry) => entry.event?.code === 'status-changed')?.event?.params['to']
  return {
    level: levels.findLast((one) => one.at <= at)?.level ?? null,
    status: declared ? (INCIDENT_STATUSES.find((status) => status === changed) ?? 'open') : null,
    decisions: so.filter((entry) => entry.kind === 'decision').length,
    statements: so.filter((entry) => entry.kind === 'statement').length,
    met: incident.clocks.filter((clock) => clock.met && clock.met.at <= at).length,
    overdue: incident.clocks.filter((clock) => clock.dueAt < at && !clock.stopped && (!clock.met || clock.met.at > at)).length,
  }
}
