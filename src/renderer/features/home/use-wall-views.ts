import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WallView } from '#contract/overview-api.ts'

/** The wall's data of one incident; undefined until it is read, and for a restricted incident, which the wall does not show. */
export function useWallView(incident: IncidentView | undefined): WallView | undefined {
  return useRead('incidents.wall', incident && incident.restrictedTo === null ? { incidentId: incident.id } : null).data
}

/** The wall's data of the first three incidents: an executive brief shows no more. */
export function useWallViews(incidents: readonly IncidentView[]): WallView[] {
  const first = useWallView(incidents[0])
  const second = useWallView(incidents[1])
  const third = useWallView(incidents[2])
  return [first, second, third].flatMap((view) => view ?? [])
}
