import type { TaskView } from '#contract/task-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'

export const TASK_FILTERS = ['open', 'mine', 'overdue', 'all'] as const
export type TaskFilter = (typeof TASK_FILTERS)[number]

/** Whether a task is open and overdue at `now`. */
export function isOverdue(task: TaskView, now: number): boolean {
  return isOpenTask(task) && task.dueAt !== null && task.dueAt < now
}

/**
 * A task belongs to a member if it names them, or if it names nobody and belongs to their department; without a department it is the
 * commander's.
 */
export function isMine(task: TaskView, me: MemberView): boolean {
  if (task.owner !== '') return task.owner === me.name
  return task.department === null ? me.role === 'commander' : task.department === me.role
}

/** Whether a filter includes a task at `now`. */
export function showsTask(filter: TaskFilter, task: TaskView, me: MemberView | null, now: number): boolean {
  if (filter === 'all') return true
  if (filter === 'overdue') return isOverdue(task, now)
  return isOpenTask(task) && (filter === 'open' || (me !== null && isMine(task, me)))
}
