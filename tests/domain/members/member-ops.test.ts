import { expect, test } from 'vitest'
import { appliedPending } from '#domain/log/applied.ts'
import { decide, step } from '#domain/log/step.ts'
import type { Entity } from '#domain/log/entity.ts'
import { MEMBER_ROLES, type MemberState } from '#domain/members/member.ts'
import { ANN, BEN, contextOf, idOf, makeOp } from '#tests/support/log-texts.ts'

const join = (id: string) => makeOp({ type: 'member.join', kind: 'member', id, body: { name: '安', role: 'pr' } })
const change = (id: string, body: Record<string, unknown>) => makeOp({ type: 'member.change', kind: 'member', id, body })

test('OR-01, OR-06, OR-07: the six departments, the commander and the executives', () => {
  expect(MEMBER_ROLES.toSorted()).toEqual(['business', 'call-center', 'commander', 'executive', 'legal', 'pr', 'social-media', 'technical'])
})

test('somebody joins once and only as himself; before that nothing may be written', () => {
  expect(decide(contextOf(ANN, null), join(ANN))).toBeNull()
  expect(decide(contextOf(BEN, null), join(ANN))).toMatchObject({ code: 'not-a-member' })
  const op = join(ANN)
  const member = step(undefined, op, appliedPending(op, ANN))
  expect(decide(contextOf(ANN, 'pr', member), join(ANN))).toMatchObject({ code: 'already-exists' })
  expect(step(member, join(ANN), appliedPending(join(ANN), ANN))).toBe(member)
  expect(decide(contextOf(idOf(0xff), null), change(ANN, { name: '新' }))).toMatchObject({ code: 'not-a-member' })
})

test('name and role are changed by oneself or by a commander', () => {
  const op = join(ANN)
  const member = step(undefined, op, appliedPending(op, ANN)) as Entity<MemberState>
  expect(decide(contextOf(ANN, 'pr', member), change(ANN, { name: '安然' }))).toBeNull()
  expect(decide(contextOf(BEN, 'commander', member), change(ANN, { role: 'legal' }))).toBeNull()
  expect(decide(contextOf(BEN, 'legal', member), change(ANN, { role: 'legal' }))).toMatchObject({ code: 'only-commander' })
  expect(decide(contextOf(BEN, 'commander'), change(idOf(5), { name: 'x' }))).toMatchObject({ code: 'not-found' })
  const changed = step(member, change(ANN, { role: 'legal' }), appliedPending(change(ANN, {}), BEN)) as Entity<MemberState>
  expect(changed.state).toMatchObject({ name: '安', role: 'legal' })
})
