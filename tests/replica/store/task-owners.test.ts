import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { MemberState } from '#domain/members/member.ts'
import { isOpenTask, isTaskOf, TASK_STATES, type TaskState } from '#domain/tasks/task.ts'
import { createEntityList } from '#replica/store/entity-list.ts'
import { createEntityTable } from '#replica/store/entity-table.ts'
import { NO_OWNER, ownerKeys, TASKS_BY_DUE, TASKS_BY_PHASE } from '#replica/store/lists.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { openDatabase } from '#storage/open-database.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const SCOPE = incidentScope('00000000-0000-7000-8000-000000000001')
const OWNERS = ['', '周敏', '林舟', 'department pr']
const OWNER_IDS = [undefined, null, 'one', 'namesake']
const DEPARTMENTS = [null, 'pr', 'legal'] as const

type Member = Pick<MemberState, 'name' | 'department'> & { id: string }
const MEMBERS: readonly Member[] = [
  { id: 'one', name: '周敏', department: 'pr' },
  { id: 'namesake', name: '周敏', department: 'legal' },
  { id: 'commander', name: '周敏', department: null },
  { id: 'other', name: '林舟', department: 'pr' },
]

/** A table with a task for each owner, department and progress. */
function openTable() {
  const opened = openDatabase(join(makeTempFolder('task-owners', 'quick'), 'replica.db'), REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened
  onTestFinished(() => void db.close())
  const table = createEntityTable(db)
  const tasks: Entity<TaskState>[] = []
  for (const owner of OWNERS)
    for (const ownerId of OWNER_IDS)
      for (const department of DEPARTMENTS)
        for (const progress of TASK_STATES) {
          const order = tasks.length
          const ended = { endedAt: null, endedBy: null, note: '', plan: null, createdAt: 1, createdBy: 'one' }
          const content = { title: '回电', detail: '', phase: '处置期', dueAt: order, checklist: [], blockedBy: [] }
          const state: TaskState = { ...content, ...ended, owner, ownerId, department, progress, order }
          const task = { kind: 'task', id: `task-${order}`, scope: SCOPE, state, stamps: {}, superseded: [], newer: false }
          table.save('task', task.id, { row: null, canonical: task, view: task, pending: false }, undefined, new Map())
          tasks.push(task)
        }
  return { db, tasks }
}

test('the owners that a list is asked for are those whose tasks are the member’s: namesakes do not share what is one’s by id', () => {
  const { db, tasks } = openTable()
  const byPhase = createEntityList(db, TASKS_BY_PHASE)
  const byDue = createEntityList(db, TASKS_BY_DUE)
  for (const member of MEMBERS) {
    const expected = tasks.filter(({ state }) => isOpenTask(state) && isTaskOf(state, member)).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(2)
    const owners = ownerKeys(member)
    const phase = owners.map((owner) => ({ scope: SCOPE, filter: 'ownerPhase' as const, is: [1, owner, '处置期'] }))
    expect(byPhase.page(phase, null, 500).rows.map(({ id }) => id)).toEqual(expected)
    const due = owners.map((owner) => ({ scope: SCOPE, filter: 'ownerDue' as const, is: [1, owner, 0] }))
    expect(byDue.page(due, null, 500).rows.map(({ id }) => id)).toEqual(expected)
  }
  const unowned = tasks.filter(({ state }) => isOpenTask(state) && state.owner === '' && state.department === null)
  expect(byPhase.count({ scope: SCOPE, filter: 'ownerPhase', is: [1, NO_OWNER] })).toBe(unowned.length)
})
