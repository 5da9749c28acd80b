import type { PlanContent, PlanTask } from '#domain/plans/plan.ts'
import { freeKey } from './plan-draft.ts'

export type PlanPhase = PlanContent['phases'][number]

/** Moves the item at `from` to the index `to`. */
function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return [...items]
  return items.toSpliced(from, 1).toSpliced(to, 0, item)
}

/** Moves a task before its predecessor (-1) or behind its successor (1) in the same phase. */
export function moveTask(plan: PlanContent, key: string, by: 1 | -1): PlanContent {
  const task = plan.tasks.find((one) => one.key === key)
  const own = plan.tasks.filter((one) => one.phase === task?.phase)
  const neighbour = own[own.findIndex((one) => one.key === key) + by]
  if (!neighbour) return plan
  const place = (wanted: string) => plan.tasks.findIndex((one) => one.key === wanted)
  return { ...plan, tasks: moved(plan.tasks, place(key), place(neighbour.key)) }
}

export function changeTask(plan: PlanContent, key: string, change: Partial<PlanTask>): PlanContent {
  return { ...plan, tasks: plan.tasks.map((task) => (task.key === key ? { ...task, ...change } : task)) }
}

/** Adds an empty task at the end of a phase. */
export function addTask(plan: PlanContent, phase: string): { plan: PlanContent; key: string } {
  const key = freeKey('task')
  const task: PlanTask = { key, phase, title: '', department: null, due: null, checklist: [], after: [] }
  return { plan: { ...plan, tasks: [...plan.tasks, task] }, key }
}

/** Removes the task, also from the tasks that wait for it. */
export function removeTask(plan: PlanContent, key: string): PlanContent {
  return {
    ...plan,
    tasks: plan.tasks.filter((task) => task.key !== key).map((task) => ({ ...task, after: task.after.filter((one) => one !== key) })),
  }
}

export function changePhase(plan: PlanContent, key: string, change: Partial<PlanPhase>): PlanContent {
  return { ...plan, phases: plan.phases.map((phase) => (phase.key === key ? { ...phase, ...change } : phase)) }
}

export function movePhase(plan: PlanContent, key: string, by: 1 | -1): PlanContent {
  const at = plan.phases.findIndex((phase) => phase.key === key)
  return { ...plan, phases: moved(plan.phases, at, at + by) }
}

export function addPhase(plan: PlanContent): PlanContent {
  return {
    ...plan,
    phases: [...plan.phases, { key: freeKey('phase'), title: '', fromHour: plan.phases.at(-1)?.toHour ?? null, toHour: null }],
  }
}

/** Removes the phase, which must have no tasks. */
export function removePhase(plan: PlanContent, key: string): PlanContent {
  return plan.tasks.some((task) => task.phase === key) ? plan : { ...plan, phases: plan.phases.filter((phase) => phase.key !== key) }
}
