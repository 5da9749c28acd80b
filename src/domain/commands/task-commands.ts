import { TASK } from '../tasks/task-entity.ts'
import { given, type CommandEdge, type CommandRead, type CommandRefusal, type Draft } from './command.ts'
import { readIncident } from './incident-read.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { activeMember, memberNamed } from './named-member.ts'
import type { Mention } from '../notices/notice.ts'
import type { Editions } from '../texts/free-texts.ts'
import { refuseUnseen } from '../texts/unseen.ts'
import { noteDraft } from './note-draft.ts'
import type { TaskContent, TaskProgress } from '../tasks/task.ts'

/** The last position of a task in the order of an incident. */
const LAST_ORDER = 100_000

type People = {
  /** The owner as a member, whose name becomes the owner's name. Default: the member with the given owner name, if there is one. */
  ownerId?: string | undefined
  /** Members mentioned in the detail; they are notified. */
  mentions?: Mention[] | undefined
}
type Fields = Omit<TaskContent, 'checklist'>
type NewTask = Fields & People & { checklist: readonly string[] }
type TaskChange = { [Field in keyof Fields]?: Fields[Field] | undefined } & Omit<People, 'ownerId'> & {
    ownerId?: string | null | undefined
  }

/** The owner fields: the displayed name, and the member with that name, who is notified. */
function ownerFields(
  read: CommandRead,
  { owner, ownerId }: { owner?: string | undefined } & People,
): { fields: Record<string, unknown> } | Refusal {
  if (ownerId !== undefined) {
    const member = activeMember(read, ownerId)
    return member ? { fields: { owner: member.name, ownerId } } : refuse('not-found')
  }
  const named = owner === undefined ? null : memberNamed(read, owner)
  return { fields: named === null ? {} : { ownerId: named } }
}

/**
 * The owner fields of a change, both or none. A given id is kept with a given name: an undo restores an owner who has left or been renamed.
 */
function ownerChange(
  read: CommandRead,
  { owner, ownerId }: Pick<TaskChange, 'owner' | 'ownerId'>,
): { fields: Record<string, unknown> } | Refusal {
  if (owner === undefined && (ownerId === undefined || ownerId === null)) return { fields: {} }
  if (owner === undefined) {
    const member = activeMember(read, ownerId ?? '')
    return member ? { fields: { owner: member.name, ownerId } } : refuse('not-found')
  }
  if (ownerId === undefined) return { fields: { owner, ownerId: memberNamed(read, owner) } }
  return ownerId === null || read.one(MEMBER, ownerId) ? { fields: { owner, ownerId } } : refuse('not-found')
}

function taskDraft(incidentId: string, taskId: string, type: string, body: Draft['body']): Draft {
  return { scope: incidentScope(incidentId), kind: 'task', id: taskId, type, body }
}

/** The position after the last task of an incident. */
export function nextTaskOrder(read: CommandRead, incidentId: string): number {
  return read
    .all(TASK, incidentScope(incidentId))
    .reduce((next, { state }) => Math.min(LAST_ORDER, Math.max(next, Number.isInteger(state.order) ? state.order + 1 : 0)), 0)
}

/** Adds a task, last in the order of its incident. */
export function createTask(
  read: CommandRead,
  { incidentId, taskId, task }: { incidentId: string; taskId: string; task: NewTask },
): Draft[] | CommandRefusal {
  if (!readIncident(read, incidentId)) return refuse('not-found')
  const owner = ownerFields(read, task)
  if ('code' in owner) return owner
  const checklist = task.checklist.map((text, index) => ({ id: `${index}`, text }))
  return [
    taskDraft(incidentId, taskId, 'task.create', { ...given(task), ...owner.fields, checklist, order: nextTaskOrder(read, incidentId) }),
  ]
}

/** Revises a task. `seen`: the editions of its texts that the author saw. */
export function reviseTask(
  read: CommandRead,
  { incidentId, taskId, change, seen }: { incidentId: string; taskId: string; change: TaskChange; seen?: Editions | undefined },
): Draft[] | CommandRefusal {
  const overtaken = refuseUnseen(read.one(TASK, taskId), seen, change)
  if (overtaken) return overtaken
  const { owner: _owner, ownerId: _ownerId, ...rest } = change
  const owner = ownerChange(read, change)
  if ('code' in owner) return owner
  const draft = taskDraft(incidentId, taskId, 'task.revise', { ...given(rest), ...owner.fields })
  // Only a change of the owner needs the version that not every device knows yet.
  return [Object.keys(owner.fields).length === 0 ? draft : { ...draft, version: 2 }]
}

/** Moves a task on, back or out (`dropped`); completion is noted in the timeline. */
export function moveTask(
  read: CommandRead,
  { incidentId, taskId, to, note }: { incidentId: string; taskId: string; to: TaskProgress; note: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const task = readIncident(read, incidentId) ? read.one(TASK, taskId) : undefined
  if (task?.scope !== incidentScope(incidentId)) return refuse('not-found')
  const { progress, title } = task.state
  return [
    taskDraft(incidentId, taskId, 'task.move', { from: progress, to, note }),
    ...(to === 'done' ? [noteDraft(incidentId, edge.uuid(), edge.now, 'task-done', { task: title, taskId }, [0])] : []),
  ]
}

/** Ticks an item of a task's checklist, or unticks it. */
export function tickTask(
  _read: CommandRead,
  { incidentId, taskId, item, done }: { incidentId: string; taskId: string; item: string; done: boolean },
): Draft[] {
  return [taskDraft(incidentId, taskId, 'task.tick', { item, done })]
}
