import { LAYERS, type AssignmentState, type Layer } from '../people/assignment.ts'
import type { TaskState } from './task.ts'

/**
 * The layer of command that has a task: the owner's layer; decision for the commander; execution for a department; coordination for a
 * task without an assignee (OR-06…OR-08).
 * @param commander the name of the incident's commander
 */
export function layerOfTask(
  task: Pick<TaskState, 'owner' | 'department'>,
  people: readonly Pick<AssignmentState, 'name' | 'layer'>[],
  commander: string,
): Layer {
  const layers = people.filter((person) => person.name === task.owner).map((person) => person.layer)
  const own = LAYERS.find((layer) => layers.includes(layer))
  if (task.owner !== '' && own) return own
  if (task.owner !== '' && task.owner === commander) return 'decision'
  return task.department === null ? 'coordination' : 'execution'
}

/** The number of these open tasks that wait for the open task with this id. */
export function countHeldUp(open: readonly Pick<TaskState, 'blockedBy'>[], taskId: string): number {
  return open.filter(({ blockedBy }) => blockedBy.includes(taskId)).length
}
