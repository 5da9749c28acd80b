import { z } from 'zod'
import { incidentOfScope } from '../log/ids.ts'
import { writeField, type Entity } from '../log/entity.ts'
import { createEntity, defineOp, type DecisionContext } from '../log/op-type.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import type { IncidentState } from '../incidents/incident.ts'
import { incidentOpenFor } from '../incidents/incident-permissions.ts'
import { Department, Layer, type AssignmentState } from './assignment.ts'

const Person = z.string().trim().max(40)

export const AssignmentSet = z.strictObject({ layer: Layer, department: Department.nullable(), name: Person.min(1), backup: Person, duty: z.string().trim().max(300) })
export const AssignmentRemove = z.strictObject({})

function openIncident(context: DecisionContext, scope: string): Refusal | null {
  return incidentOpenFor(context, context.read('incident', incidentOfScope(scope) ?? '') as Entity<IncidentState> | undefined)
}

export const ASSIGNMENT_OPS = [
  defineOp<z.infer<typeof AssignmentSet>, AssignmentState>({
    type: 'assignment.set',
    version: 1,
    kind: 'assignment',
    scope: 'incident',
    body: AssignmentSet,
    decide: (context, _entity, _body, op) => openIncident(context, op.scope),
    fold: (entity, body, applied, op) => {
      if (!entity) return createEntity<AssignmentState>(op, { ...body, removed: false })
      let next = entity
      for (const field of ['layer', 'department', 'name', 'backup', 'duty'] as const) {
        if (next.state[field] !== body[field]) next = writeField(next, field, body[field], applied)
      }
      return next.state.removed ? writeField(next, 'removed', false, applied) : next
    },
  }),
  defineOp<z.infer<typeof AssignmentRemove>, AssignmentState>({
    type: 'assignment.remove',
    version: 1,
    kind: 'assignment',
    scope: 'incident',
    body: AssignmentRemove,
    decide: (context, entity, _body, op) => (entity ? openIncident(context, op.scope) : refuse('not-found')),
    fold: (entity, _body, applied) => (entity ? writeField(entity, 'removed', true, applied) : undefined),
  }),
]
