import { z } from 'zod'
import { writeField, type Entity } from '../log/entity.ts'
import { createEntity, defineOp } from '../log/op-type.ts'
import { refuse } from '../log/refusal.ts'
import { MemberName, MemberRole, type MemberState } from './member.ts'

export const MemberJoin = z.strictObject({ name: MemberName, role: MemberRole })
export const MemberChange = z.strictObject({ name: MemberName.optional(), role: MemberRole.optional() })

export const MEMBER_OPS = [
  defineOp<z.infer<typeof MemberJoin>, MemberState>({
    type: 'member.join',
    version: 1,
    kind: 'member',
    scope: 'team',
    body: MemberJoin,
    decide: (context, member, _body, op) => {
      if (member) return refuse('already-exists')
      return op.entity.id === context.actorId ? null : refuse('not-a-member')
    },
    fold: (member, body, applied, op) => member ?? createEntity(op, { name: body.name, role: body.role, joinedAt: applied.recordedAt }),
  }),
  defineOp<z.infer<typeof MemberChange>, MemberState>({
    type: 'member.change',
    version: 1,
    kind: 'member',
    scope: 'team',
    body: MemberChange,
    decide: (context, member) => {
      if (!member) return refuse('not-found')
      return member.id === context.actorId || context.actor?.role === 'commander' ? null : refuse('only-commander')
    },
    fold: (member, body, applied) => {
      if (!member) return undefined
      let next: Entity<MemberState> = member
      if (body.name !== undefined) next = writeField(next, 'name', body.name, applied)
      if (body.role !== undefined) next = writeField(next, 'role', body.role, applied)
      return next
    },
  }),
]
