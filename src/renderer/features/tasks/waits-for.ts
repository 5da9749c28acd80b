import type { TaskView } from '#contract/task-api.ts'

/** Whether task `id` waits for task `other`, directly or transitively. */
export function waitsFor(tasks: readonly Pick<TaskView, 'id' | 'blockedBy'>[], id: string, other: string): boolean {
  const byId = new Map(tasks.map((task) => [task.id, task.blockedBy]))
  const seen = new Set<string>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const blockers = byId.get(next) ?? []
    if (blockers.includes(other)) return true
    open.push(...blockers)
  }
  return false
}
