import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WallView } from '#contract/overview-api.ts'

/** What the wall tells of one incident; undefined until it is read, and for a restricted one, of which it tells nothing. */
export function useWallView(incident: IncidentView | undefined): WallView | undefined {
  return useRead('incidents.wall', incident && incident.restrictedTo === null ? { incidentId: incident.id } : null).data
}

/** What the wall tells of the first three incidents: of more an executive cannot be told in a minute. */
export function useWallViews(incidents: readonly IncidentView[]): WallView[] {
  const first = useWallView(incidents[0])
  const second = useWallView(incidents[1])
  const third = useWallView(incidents[2])
  return [first, second, third].flatMap((view) => view ?? [])
}
