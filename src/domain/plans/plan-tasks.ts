import { MINUTE } from '../durations.ts'
import type { ClockState } from '../incidents/clocks.ts'
import type { TaskContent } from '../tasks/task.ts'
import { planWords, type PlanContent, type PlanTask } from './plan.ts'

export type PlannedTask = { id: string; key: string; order: number; content: TaskContent }

function dueTime(task: PlanTask, declaredAt: number, clocks: readonly ClockState[]): number | null {
  if (task.due === null) return null
  if ('afterDeclarationMin' in task.due) return declaredAt + task.due.afterDeclarationMin * MINUTE
  const { beforeClock, minutes } = task.due
  const clock = clocks.find((one) => one.id === beforeClock)
  // If the clock does not run in this incident, or was stopped, the task has no due time but is still created.
  return clock && !clock.stopped ? clock.dueAt - minutes * MINUTE : null
}

/**
 * The tasks that a plan adds to an incident, blockers before the tasks that they block.
 * @param uuid makes the id of each task
 */
export function tasksOfPlan(
  plan: PlanContent,
  incident: { declaredAt: number; clocks: readonly ClockState[] },
  language: 'zh-Hans' | 'en',
  uuid: () => string,
  owners: (department: PlanTask['department']) => string,
): PlannedTask[] {
  const ids = new Map(plan.tasks.map((task) => [task.key, uuid()]))
  const planned = plan.tasks.map((task, order): PlannedTask & { after: readonly string[] } => ({
    id: ids.get(task.key) ?? '',
    key: task.key,
    order,
    after: task.after,
    content: {
      title: planWords(task.title, language),
      detail: task.detail === undefined ? '' : planWords(task.detail, language),
      phase: planWords(plan.phases.find((phase) => phase.key === task.phase)?.title ?? task.phase, language),
      department: task.department,
      owner: owners(task.department),
      dueAt: dueTime(task, incident.declaredAt, incident.clocks),
      checklist: task.checklist.map((text, index) => ({ id: `${task.key}-${index}`, text: planWords(text, language) })),
      blockedBy: task.after.flatMap((key) => ids.get(key) ?? []),
    },
  }))
  const placed = new Set<string>()
  const sorted: PlannedTask[] = []
  // Each round takes the tasks without remaining blockers; if the rest forms a cycle, the cycle is cut.
  for (let left = planned; left.length > 0;) {
    const ready = left.filter((task) => task.after.every((key) => placed.has(key)))
    const taken = ready.length > 0 ? ready : left.slice(0, 1)
    for (const { after: _after, ...task } of taken) {
      const known = new Set(sorted.map((one) => one.id))
      sorted.push({ ...task, content: { ...task.content, blockedBy: task.content.blockedBy.filter((id) => known.has(id)) } })
      placed.add(task.key)
    }
    left = left.filter((task) => !taken.includes(task))
  }
  return sorted
}
