import type { IncidentView } from '#contract/incident-api.ts'
import { isRunning, realFirst } from '#domain/incidents/incident.ts'
import { isClockOpen, type ClockState } from '#domain/incidents/clocks.ts'

/** The open clocks of all incidents that are not closed: those of real incidents before those of drills, whatever their time, then in the order they run out. */
export function nextClocks(incidents: readonly IncidentView[]): { incident: IncidentView; clock: ClockState }[] {
  return incidents
    .filter(isRunning)
    .flatMap((incident) => incident.clocks.filter(isClockOpen).map((clock) => ({ incident, clock })))
    .toSorted((a, b) => realFirst(a.incident, b.incident) || a.clock.dueAt - b.clock.dueAt)
}
