import { z } from 'zod'
import { createEntity, writeField } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { ASSIGNMENT } from './assignment-entity.ts'
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
  ASSIGNMENT.op('assignment.set', {
    version: 1,
    body: AssignmentSet,
    action: 'people.assign',
    expects: null,
    notifies: {
      may: ({ memberId, backupId }) => (memberId ?? backupId ?? null) !== null,
      calls: ({ layer, department, memberId, backupId }, { state }) => {
        const held = state && !state.removed ? [state.memberId, state.backupId] : []
        const params = { layer, ...(department === null ? {} : { department }) }
        return [{ to: [memberId, backupId].filter((id) => !held.includes(id)), rule: 'role-given', params }]
      },
    },
    webhook: null,
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
  ASSIGNMENT.op('assignment.remove', {
    version: 1,
    body: AssignmentRemove,
    action: 'people.assign',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => (entity ? null : refuse('not-found')),
    fold: (entity, _body, applied) => (entity ? writeField(entity, 'removed', true, applied) : undefined),
  }),
]
