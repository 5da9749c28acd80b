import type { IncidentView } from '#contract/incident-api.ts'
import { nextClock } from '#domain/incidents/clocks.ts'

const LAST = Number.POSITIVE_INFINITY

/** Whether an incident still needs its group: everything but closed. */
export function isUnderWay(incident: Pick<IncidentView, 'status'>): boolean {
  return incident.status !== 'closed'
}

function compare(a: IncidentView, b: IncidentView): number {
  if (isUnderWay(a) !== isUnderWay(b)) return isUnderWay(a) ? -1 : 1
  if (!isUnderWay(a)) return b.declaredAt - a.declaredAt
  const aDue = nextClock(a.clocks)?.dueAt ?? LAST
  const bDue = nextClock(b.clocks)?.dueAt ?? LAST
  if (a.level !== b.level) return a.level - b.level
  return aDue === bDue ? b.declaredAt - a.declaredAt : aDue - bDue
}

/** Incidents as a commander looks at them: those under way by level, then by the clock that runs out first; closed ones newest first. */
export function inOrderOfUrgency(incidents: readonly IncidentView[]): IncidentView[] {
  return incidents.toSorted(compare)
}
