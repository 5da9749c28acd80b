import { INCIDENT } from './incident-entity.ts'
import type { CommandRead } from '../commands/command.ts'
import type { Entity } from '../log/entity.ts'
import type { IncidentState } from './incident.ts'

/** The incident, if it exists and the actor may read it. */
export function readIncident(read: CommandRead, incidentId: string): Entity<IncidentState> | undefined {
  return read.one(INCIDENT, incidentId)
}
