import type { TaskView } from '#contract/task-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { isTaskOf } from '#domain/tasks/task.ts'
import { expect, test } from 'vitest'
import { showsTask } from '../../../src/renderer/features/tasks/task-filter.ts'

function member(id: string, role: MemberView['role'], department: MemberView['department']): MemberView {
  const rest = { joinedAt: 0, layer: 'execution', owner: false, vendor: null, status: 'active', revoked: null } as const
  return { id, name: '周敏', role, department, ...rest }
}

function task(part: Partial<TaskView>): TaskView {
  return {
    id: 'task',
    title: '封存样机',
    detail: '',
    phase: '爆发期',
    department: null,
    owner: '',
    dueAt: null,
    checklist: [],
    blockedBy: [],
    progress: 'todo',
    plan: null,
    order: 0,
    createdAt: 0,
    createdBy: 'm',
    endedAt: null,
    endedBy: null,
    note: '',
    waitingFor: [],
    endedByName: null,
    pending: false,
    ...part,
  }
}

const one = member('one', 'pr', 'pr')
const namesake = member('namesake', 'legal', 'legal')
const commander = member('commander', 'commander', null)
const whose = (part: Partial<TaskView>) =>
  [one, namesake, commander].filter((me) => showsTask('mine', task(part), me, 0)).map(({ id }) => id)

test('two members of the same name do not share the tasks of one of them', () => {
  expect(whose({ owner: '周敏', ownerId: 'one' })).toEqual(['one'])
  expect(isTaskOf(task({ owner: '周敏', ownerId: 'one' }), namesake)).toBe(false)
  // A name without a member id matches every member of that name.
  expect(whose({ owner: '周敏' })).toEqual(['one', 'namesake', 'commander'])
})

test('without an owner a task is the department’s, and without a department the commander’s', () => {
  expect(whose({ department: 'pr' })).toEqual(['one'])
  expect(whose({})).toEqual(['commander'])
})
