import type { MemberState } from '../members/member.ts'
import { z } from 'zod'
import type { Mention } from '../notices/notice.ts'
import { Department } from '../people/assignment.ts'
import { EventTime } from '../time/event-time.ts'

export const TASK_STATES = ['todo', 'doing', 'done', 'dropped'] as const
export const TaskPhase = z.string().trim().min(1).max(60)
export const TaskProgress = z.enum(TASK_STATES)
export type TaskProgress = z.infer<typeof TaskProgress>

export const ChecklistItem = z.strictObject({ id: z.string().min(1).max(60), text: z.string().trim().min(1).max(300) })

/** The content of a task; its author, time and progress are in {@link TaskState}. */
export const TaskContent = z.strictObject({
  title: z.string().trim().min(1).max(200),
  detail: z.string().trim().max(4000),
  phase: TaskPhase,
  department: Department.nullable(),
  owner: z.string().trim().max(40),
  dueAt: EventTime.nullable(),
  checklist: z.array(ChecklistItem).max(60),
  /** Ids of tasks that must be done before this one. */
  blockedBy: z.array(z.uuid()).max(30),
})
export type TaskContent = z.infer<typeof TaskContent>

export type TaskState = Omit<TaskContent, 'checklist'> & {
  checklist: { id: string; text: string; done: boolean; by: string | null; at: number | null }[]
  /** The member named by `owner`, if in the team. */
  ownerId?: string | null | undefined
  /** Members mentioned in the detail. */
  mentions?: Mention[] | undefined
  progress: TaskProgress
  /** The plan it came from, with the plan's version at that time. */
  plan: { id: string; version: number; key: string } | null
  order: number
  createdAt: number
  createdBy: string
  endedAt: number | null
  endedBy: string | null
  note: string
}

/**
 * A member's tasks are those that they own, and those of their department without an owner. An owner in the team is known by id: two members
 * of the same name do not share tasks. By name only where no member is meant for certain.
 */
export function isTaskOf(
  task: Pick<TaskState, 'owner' | 'ownerId' | 'department'>,
  member: Pick<MemberState, 'name' | 'department'> & { id: string },
): boolean {
  if (task.owner === '') return task.department !== null && task.department === member.department
  return (task.ownerId ?? null) === null ? task.owner === member.name : task.ownerId === member.id
}

/** True for a task that is still to be done. */
export function isOpenTask(task: Pick<TaskState, 'progress'>): boolean {
  return task.progress === 'todo' || task.progress === 'doing'
}
