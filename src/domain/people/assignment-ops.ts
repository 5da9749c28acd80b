import { z } from 'zod'
import { writeField } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { createEntity, defineOp } from '../log/op-type.ts'
import { refuse } from '../log/refusal.ts'
import { Department, Layer, type AssignmentState } from './assignment.ts'

const Person = z.string().trim().max(40)

export const AssignmentSet = z.strictObject({
  layer: Layer,
  department: Department.nullable(),
  name: Person.min(1),
  backup: Person,
  duty: z.string().trim().max(300),
  memberId: LoggedUuid.nullable().optional(),
  backupId: LoggedUuid.nullable().optional(),
})
export const AssignmentRemove = z.strictObject({})

export const ASSIGNMENT_OPS = [
  defineOp<z.infer<typeof AssignmentSet>, AssignmentState>({
    type: 'assignment.set',
    action: 'people.assign',
    version: 1,
    kind: 'assignment',
    scope: 'incident',
    body: AssignmentSet,
    fold: (entity, body, applied, op) => {
      if (!entity) return createEntity<AssignmentState>(op, { ...body, removed: false })
      let next = entity
      for (const field of ['layer', 'department', 'name', 'backup', 'duty'] as const) {
        if (next.state[field] !== body[field]) next = writeField(next, field, body[field], applied)
      }
      for (const field of ['memberId', 'backupId'] as const) {
        if ((next.state[field] ?? null) !== (body[field] ?? null)) next = writeField(next, field, body[field] ?? null, applied)
      }
      return next.state.removed ? writeField(next, 'removed', false, applied) : next
    },
  }),
  defineOp<z.infer<typeof AssignmentRemove>, AssignmentState>({
    type: 'assignment.remove',
    action: 'people.assign',
    version: 1,
    kind: 'assignment',
    scope: 'incident',
    body: AssignmentRemove,
    decide: (_context, entity) => (entity ? null : refuse('not-found')),
    fold: (entity, _body, applied) => (entity ? writeField(entity, 'removed', true, applied) : undefined),
  }),
]
