import type { IncidentView } from '#contract/incident-api.ts'
import { isRunning, realFirst } from '#domain/incidents/incident.ts'
import { isClockOpen, type ClockState } from '#domain/incidents/clocks.ts'

/** The open clocks of all incidents that are not closed, ordered by due time; all those of real incidents come before those of drills. */
export function nextClocks(incidents: readonly IncidentView[]): { incident: IncidentView; clock: ClockState }[] {
  return incidents
    .filter(isRunning)
    .flatMap((incident) => incident.clocks.filter(isClockOpen).map((clock) => ({ incident, clock })))
    .toSorted((a, b) => realFirst(a.incident, b.incident) || a.clock.dueAt - b.clock.dueAt)
}
