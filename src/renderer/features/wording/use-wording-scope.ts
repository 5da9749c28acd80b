import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { useParams } from 'react-router'

/** Whose texts a page shows: those of the incident in its address, else those of the standing library. */
export type WordingScope = {
  incidentId: string | null
  /** The incident once it is read; undefined in the library. */
  incident: IncidentView | undefined
  /** Why the incident cannot be shown. */
  failure: Failure | null
}

export function useWordingScope(): WordingScope {
  const { incidentId = null } = useParams()
  const incident = useRead('incidents.get', incidentId === null ? null : { incidentId })
  return { incidentId, incident: incident.data, failure: incident.failure }
}
