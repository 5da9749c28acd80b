import { expect, test } from 'vitest'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/step.ts'
import type { TaskState } from '#domain/tasks/task.ts'
import { ANN, BEN, contextOf, declaration, idOf, INCIDENT, makeOp } from '#tests/support/log-texts.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'

const TASK = idOf(70)
const CARA = idOf(0xca)
const created = makeOp({
  type: 'task.create',
  kind: 'task',
  id: TASK,
  body: {
    title: '封存样机',
    detail: '',
    phase: '预警',
    department: null,
    owner: '',
    dueAt: null,
    checklist: [],
    blockedBy: [],
    order: 0,
  },
})
let made = 0
/** A revision written on a device of its own, which had seen the task up to `baseSeq`. */
function revise(version: number, at: number, body: Op['body'], baseSeq = 1): Op {
  made += 1
  const op = makeOp({ type: 'task.revise', kind: 'task', id: TASK, body })
  return { ...op, version, opId: idOf(0x7000 + made), replicaId: idOf(0x7100 + made), hlc: makeHlc(at, 0), baseSeq } as Op
}
const fold = (...ops: Op[]) =>
  [created, ...ops].reduce<Entity | undefined>((now, op, index) => {
    const record = { scope: op.scope, seq: index + 1, hubTime: 1000 + index, actor: ANN, outcome: { kind: 'accepted' } }
    return step(now, op, appliedFromRecord(record as Parameters<typeof appliedFromRecord>[0], op))
  }, undefined) as Entity<TaskState>
const ownerOf = ({ state: { owner, ownerId } }: Entity<TaskState>) => [owner, ownerId]

test('of concurrent owners one wins as a whole, in either order: name and member never come from two edits', () => {
  const cara = revise(2, 2000, { owner: '卡', ownerId: CARA })
  const outside = revise(2, 3000, { owner: '外聘专家', ownerId: null })
  expect(ownerOf(fold(cara, outside))).toEqual(['外聘专家', null])
  expect(ownerOf(fold(outside, cara))).toEqual(['外聘专家', null])
  for (const task of [fold(cara, outside), fold(outside, cara)])
    expect(task.superseded.map(({ field, value }) => [field, value])).toEqual([
      ['owner', '卡'],
      ['ownerId', CARA],
    ])
})

test('an owner that wins only against the name of an earlier version changes neither', () => {
  // Version 1 wrote only the name here, and the member by another edit.
  const name = revise(1, 2000, { owner: '卡' })
  const member = revise(1, 4000, { ownerId: CARA })
  const late = revise(2, 3000, { owner: '本', ownerId: BEN })
  const task = fold(name, member, late)
  expect(ownerOf(task)).toEqual(['卡', CARA])
  expect(task.superseded.map(({ field, value }) => [field, value])).toEqual([
    ['owner', '本'],
    ['ownerId', BEN],
  ])
})

test('a recorded revision of version 1 folds as it did: name and member are two values', () => {
  const both = revise(1, 2000, { owner: '卡', ownerId: CARA })
  const name = revise(1, 3000, { owner: '外聘专家' })
  expect(ownerOf(fold(both, name))).toEqual(['外聘专家', null])
  // The known fault of version 1: the later name lost its null against a member that it did not know.
  expect(ownerOf(fold(name, both))).toEqual(['外聘专家', CARA])
})

test('version 2 takes the name and the member together, or neither', () => {
  const declare = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() })
  const incident = step(undefined, declare, appliedPending(declare, ANN))
  const judge = (body: Op['body']) => decide(contextOf(ANN, 'commander', incident, fold()), revise(2, 2000, body))?.code ?? null
  expect(judge({ owner: '卡' })).toBe('malformed')
  expect(judge({ ownerId: CARA })).toBe('malformed')
  expect(judge({ owner: '卡', ownerId: null })).toBeNull()
  expect(judge({ title: '封存同批次' })).toBeNull()
})
