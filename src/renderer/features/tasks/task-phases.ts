import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'

/** The tasks of a phase, and how far it is. Dropped tasks do not count. */
export type TaskGroup = { phase: string; tasks: TaskView[]; done: number; counted: number }

/** Tasks by phase, phases in the order in which their first task comes. */
export function groupByPhase(tasks: readonly TaskView[]): TaskGroup[] {
  return [...Map.groupBy(tasks, (task) => task.phase)].map(([phase, own]) => ({ phase, tasks: own, ...countDone(own) }))
}

/** How many tasks are done, of those that were not dropped. */
export function countDone(tasks: readonly TaskView[]): { done: number; counted: number } {
  const counted = tasks.filter((task) => task.progress !== 'dropped')
  return { done: counted.filter((task) => task.progress === 'done').length, counted: counted.length }
}

/** Where a task made by hand goes unless told otherwise: the phase that is being worked on, or the last one. */
export function currentPhase(tasks: readonly TaskView[]): string | null {
  const groups = groupByPhase(tasks)
  return (groups.find((group) => group.tasks.some(isOpenTask)) ?? groups.at(-1))?.phase ?? null
}
