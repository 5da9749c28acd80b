import type { IncidentView } from '#contract/incident-api.ts'
import { isRunning, realFirst } from '#domain/incidents/incident.ts'
import { nextClock } from '#domain/incidents/clocks.ts'

const LAST = Number.POSITIVE_INFINITY

type Placed = { incident: IncidentView; due: number }

function compare({ incident: a, due: aDue }: Placed, { incident: b, due: bDue }: Placed): number {
  if (isRunning(a) !== isRunning(b)) return isRunning(a) ? -1 : 1
  if (a.status === 'closed') return b.declaredAt - a.declaredAt
  const real = realFirst(a, b)
  if (real !== 0) return real
  if (a.level !== b.level) return a.level - b.level
  return aDue === bDue ? b.declaredAt - a.declaredAt : aDue - bDue
}

/** Incidents by urgency: open ones first, real before drills, by level, then by the next due clock; closed ones last, newest first. */
export function inOrderOfUrgency(incidents: readonly IncidentView[]): IncidentView[] {
  const placed = incidents.map((incident) => ({ incident, due: nextClock(incident.clocks)?.dueAt ?? LAST }))
  return placed.toSorted(compare).map(({ incident }) => incident)
}
