import type { Entity } from '../log/entity.ts'
import type { IncidentState } from '../incidents/incident.ts'

/**
 * Who may read the scope that an entity stands in. Only an incident restricts; everything else of its scope follows it.
 * @returns `everyone` of the team, or the member ids of a restricted incident
 */
export function readersOf(entity: Entity | undefined): 'everyone' | readonly string[] {
  if (entity?.kind !== 'incident') return 'everyone'
  return (entity.state as IncidentState).restrictedTo ?? 'everyone'
}
