import type { IncidentState } from '../incidents/incident.ts'
import { LAYERS, type AssignmentState, type Layer } from '../people/assignment.ts'
import type { TaskState } from './task.ts'

/** A person as an incident names them; `memberId` if the person is known to be that member. */
type Person = { name: string; memberId?: string | null | undefined }

/** By id where both are known to be members: two members of one name do not share tasks. Otherwise by name. */
function owns(person: Person, { owner, ownerId }: Pick<TaskState, 'owner' | 'ownerId'>): boolean {
  const [known, wanted] = [person.memberId ?? null, ownerId ?? null]
  return known === null || wanted === null ? person.name === owner : known === wanted
}

/**
 * The layer of command that has a task: the owner's layer; decision for the commander; execution for a department; coordination for a
 * task without an assignee (OR-06…OR-08).
 * @param commander the incident's commander
 */
export function layerOfTask(
  task: Pick<TaskState, 'owner' | 'ownerId' | 'department'>,
  people: readonly Pick<AssignmentState, 'name' | 'memberId' | 'layer'>[],
  commander: Person,
): Layer {
  const layers = people.filter((person) => owns(person, task)).map((person) => person.layer)
  const own = LAYERS.find((layer) => layers.includes(layer))
  if (task.owner !== '' && own) return own
  if (task.owner !== '' && owns(commander, task)) return 'decision'
  return task.department === null ? 'coordination' : 'execution'
}

/** The number of these open tasks that wait for the open task with this id. */
export function countHeldUp(open: readonly Pick<TaskState, 'blockedBy'>[], taskId: string): number {
  return open.filter(({ blockedBy }) => blockedBy.includes(taskId)).length
}

/** The commander of an incident as a person: by name only while that is a person without an account. */
export function commanderOf(incident: Pick<IncidentState, 'commander' | 'commanderPerson'> & { commanderName: string }): Person {
  return { name: incident.commanderName, memberId: incident.commanderPerson === null ? incident.commander : null }
}
