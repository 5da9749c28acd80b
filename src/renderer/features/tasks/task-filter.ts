import type { TaskView } from '#contract/task-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { isOpenTask, isTaskOf } from '#domain/tasks/task.ts'

export const TASK_FILTERS = ['open', 'mine', 'overdue', 'all'] as const
export type TaskFilter = (typeof TASK_FILTERS)[number]

/** Whether a task is open and overdue at `now`. */
export function isOverdue(task: TaskView, now: number): boolean {
  return isOpenTask(task) && task.dueAt !== null && task.dueAt < now
}

/** The member's own tasks; to a commander also those that have neither an owner nor a department. */
function isMine(task: TaskView, me: MemberView): boolean {
  return isTaskOf(task, me) || (me.role === 'commander' && task.owner === '' && task.department === null)
}

/** Whether a filter includes a task at `now`. */
export function showsTask(filter: TaskFilter, task: TaskView, me: MemberView | null, now: number): boolean {
  if (filter === 'all') return true
  if (filter === 'overdue') return isOverdue(task, now)
  return isOpenTask(task) && (filter === 'open' || (me !== null && isMine(task, me)))
}
