import type { MemberState } from '../members/member.ts'
import { z } from 'zod'
import type { Mention } from '../notices/notice.ts'
import { Department } from '../people/assignment.ts'
import { EventTime } from '../timeline/entry.ts'

export const TASK_STATES = ['todo', 'doing', 'done', 'dropped'] as const
export const TaskPhase = z.string().trim().min(1).max(60)
export const TaskProgress = z.enum(TASK_STATES)
export type TaskProgress = z.infer<typeof TaskProgress>

export const ChecklistItem = z.strictObject({ id: z.string().min(1).max(60), text: z.string().trim().min(1).max(300) })

/** What a task is; who made it when and how far it is stands beside it in {@link TaskState}. */
export const TaskContent = z.strictObject({
  title: z.string().trim().min(1).max(200),
  detail: z.string().trim().max(4000),
  phase: TaskPhase,
  department: Department.nullable(),
  owner: z.string().trim().max(40),
  dueAt: EventTime.nullable(),
  checklist: z.array(ChecklistItem).max(60),
  /** Ids of tasks that must be done before this one can be. */
  blockedBy: z.array(z.uuid()).max(30),
})
export type TaskContent = z.infer<typeof TaskContent>

export type TaskState = Omit<TaskContent, 'checklist'> & {
  checklist: { id: string; text: string; done: boolean; by: string | null; at: number | null }[]
  /** The member that `owner` names, where it is one of the team. */
  ownerId?: string | null | undefined
  /** Who is named in the detail. */
  mentions?: Mention[] | undefined
  progress: TaskProgress
  /** The plan it came from, with the version that was current then. */
  plan: { id: string; version: number; key: string } | null
  order: number
  createdAt: number
  createdBy: string
  endedAt: number | null
  endedBy: string | null
  note: string
}

/** One's own is a task that names one, or that nobody of one's department has yet. */
export function isTaskOf(task: Pick<TaskState, 'owner' | 'department'>, member: Pick<MemberState, 'name' | 'department'>): boolean {
  return task.owner === '' ? task.department !== null && task.department === member.department : task.owner === member.name
}

/** True for a task that still has to be done. */
export function isOpenTask(task: Pick<TaskState, 'progress'>): boolean {
  return task.progress === 'todo' || task.progress === 'doing'
}
