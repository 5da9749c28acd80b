import type { IncidentView } from '#contract/incident-api.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { isUnderWay } from '#features/incidents'

/** The unmet clocks of all open incidents, in the order they run out; real incidents before drills that run out together. */
export function nextClocks(incidents: readonly IncidentView[]): { incident: IncidentView; clock: ClockState }[] {
  return incidents
    .filter(isUnderWay)
    .flatMap((incident) => incident.clocks.filter((clock) => !clock.met).map((clock) => ({ incident, clock })))
    .toSorted((a, b) => a.clock.dueAt - b.clock.dueAt || (a.incident.mode === 'drill' ? 1 : 0) - (b.incident.mode === 'drill' ? 1 : 0))
}
