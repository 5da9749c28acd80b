import { Department, Layer, type AssignmentState } from '#domain/people/assignment.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { z } from 'zod'
import { Seen, type Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

export type PersonView = Pending & AssignmentState & { id: string; editions?: Editions }

/** The people who work on an incident, with their roles. */
export const peopleApi = {
  'people.list': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'people'))
    .returns<PersonView[]>(),
  /** Without an id: adds a person. */
  'people.assign': command(
    IncidentRef.extend({
      personId: z.uuid().optional(),
      layer: Layer,
      department: Department.nullable(),
      name: z.string().trim().min(1).max(40),
      backup: z.string().trim().max(40),
      duty: z.string().trim().max(300),
      seen: Seen.optional(),
    }),
    { action: 'people.assign', edits: { kind: 'assignment', id: 'personId' } },
  ).returns<PersonView>(),
  'people.remove': command(IncidentRef.extend({ personId: z.uuid() }), { action: 'people.assign' }).returns<null>(),
}
