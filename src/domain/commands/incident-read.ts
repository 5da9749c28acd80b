import { INCIDENT } from '../incidents/incident-entity.ts'
import type { CommandRead } from './command.ts'
import type { Entity } from '../log/entity.ts'
import type { IncidentState } from '../incidents/incident.ts'

/** The incident, if it exists and the actor may read it. */
export function readIncident(read: CommandRead, incidentId: string): Entity<IncidentState> | undefined {
  return read.one(INCIDENT, incidentId)
}
