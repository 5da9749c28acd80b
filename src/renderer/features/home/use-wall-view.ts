import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WallView } from '#contract/overview-api.ts'

/** The wall's data of one incident; undefined until it is read, and for a restricted incident, which the wall does not show. */
export function useWallView(incident: IncidentView | undefined): WallView | undefined {
  return useRead('incidents.wall', incident && incident.restrictedTo === null ? { incidentId: incident.id } : null).data
}
