import type { PhaseProgress, TaskView } from '#contract/task-api.ts'

/** The tasks of a phase that were read, and the progress of the whole phase. Dropped tasks are not counted. */
export type TaskGroup = { phase: string; tasks: TaskView[]; done: number; counted: number }

/** The number of completed tasks and of all tasks that are not dropped, in these phases. */
export function countDone(phases: readonly PhaseProgress[]): { done: number; counted: number } {
  return phases.reduce((sum, { done, counted }) => ({ done: sum.done + done, counted: sum.counted + counted }), { done: 0, counted: 0 })
}

/** Groups tasks by phase, in their order. Phases whose names look the same behind the mask are one group. */
export function groupByPhase(tasks: readonly TaskView[], phases: readonly PhaseProgress[]): TaskGroup[] {
  return [...Map.groupBy(tasks, (task) => task.phase)].map(([phase, own]) => ({
    phase,
    tasks: own,
    ...countDone(phases.filter((one) => one.phase === phase)),
  }))
}

/** The default phase of a new task: the one in progress, or the last one. */
export function currentPhase(phases: readonly PhaseProgress[]): string | null {
  return (phases.find(({ open }) => open > 0) ?? phases.at(-1))?.phase ?? null
}
