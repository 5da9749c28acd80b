import type { IncidentView } from '#contract/incident-api.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { isClockOpen, type ClockState } from '#domain/incidents/clocks.ts'

/** The open clocks of all incidents that are not closed, in the order they run out; real incidents before drills that run out together. */
export function nextClocks(incidents: readonly IncidentView[]): { incident: IncidentView; clock: ClockState }[] {
  return incidents
    .filter(isRunning)
    .flatMap((incident) => incident.clocks.filter(isClockOpen).map((clock) => ({ incident, clock })))
    .toSorted((a, b) => a.clock.dueAt - b.clock.dueAt || (a.incident.mode === 'drill' ? 1 : 0) - (b.incident.mode === 'drill' ? 1 : 0))
}
