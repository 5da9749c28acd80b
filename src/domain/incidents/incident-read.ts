import { INCIDENT } from './incident-entity.ts'
import type { CommandRead } from '../commands/command.ts'
import type { Entity } from '../log/entity.ts'
import type { IncidentState } from './incident.ts'

/** The incident, as far as it is there for who acts. */
export function readIncident(read: CommandRead, incidentId: string): Entity<IncidentState> | undefined {
  return read.one(INCIDENT, incidentId)
}
