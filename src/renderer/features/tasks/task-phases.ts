import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'

/** The tasks of a phase and its progress. Dropped tasks are not counted. */
export type TaskGroup = { phase: string; tasks: TaskView[]; done: number; counted: number }

/** Groups tasks by phase, in the order of each phase's first task. */
export function groupByPhase(tasks: readonly TaskView[]): TaskGroup[] {
  return [...Map.groupBy(tasks, (task) => task.phase)].map(([phase, own]) => ({ phase, tasks: own, ...countDone(own) }))
}

/** The number of completed tasks and of all tasks that are not dropped. */
export function countDone(tasks: readonly TaskView[]): { done: number; counted: number } {
  const counted = tasks.filter((task) => task.progress !== 'dropped')
  return { done: counted.filter((task) => task.progress === 'done').length, counted: counted.length }
}

/** The default phase of a new task: the one in progress, or the last one. */
export function currentPhase(tasks: readonly TaskView[]): string | null {
  const groups = groupByPhase(tasks)
  return (groups.find((group) => group.tasks.some(isOpenTask)) ?? groups.at(-1))?.phase ?? null
}
