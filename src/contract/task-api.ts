import { Mentions } from '#domain/notices/notice.ts'
import { ChecklistItem, TaskContent, TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { EventTime } from '#domain/time/event-time.ts'
import { z } from 'zod'
import { Seen, type Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

export type TaskView = Pending &
  TaskState & {
    id: string
    /** Blocking tasks that are still open, by id and title. */
    waitingFor: { id: string; title: string }[]
    endedByName: string | null
    /** The current version of each free text. */
    editions?: Editions
  }

/**
 * Which tasks a list shows: those to be done, of these the member's own (for a commander also those that have neither an owner nor
 * a department) or the overdue ones, or all.
 */
export const TASK_FILTERS = ['open', 'mine', 'overdue', 'all'] as const
export const TaskFilter = z.enum(TASK_FILTERS)
export type TaskFilter = z.infer<typeof TaskFilter>

/** The progress of a phase: `counted` excludes dropped tasks, `open` are those to be done. */
export type PhaseProgress = { phase: string; done: number; counted: number; open: number }

/** The counts of an incident's tasks. */
export type TaskSummary = {
  /** In the order of each phase's first task. */
  phases: PhaseProgress[]
  /** How many tasks each filter shows. */
  counts: Record<TaskFilter, number>
}

/** A part of a list; `next` is the `after` of the following page, null at the end. The last page may be empty. */
export type TaskPage = { rows: TaskView[]; next: string | null }

/** Tasks per page, unless asked otherwise. */
export const TASK_PAGE_SIZE = 100

/** The tasks of an incident. */
export const taskApi = {
  /** All of them, in the order of their plan; for exports. */
  'tasks.list': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<TaskView[]>(),
  /** `now`: by which tasks are overdue, milliseconds since 1970. */
  'tasks.summary': query(IncidentRef.extend({ now: EventTime }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<TaskSummary>(),
  /**
   * A page of a filtered list, by phase and in it in the order of the plan. A task that keeps its position is neither skipped nor
   * repeated by changes between two pages. `now`: by which tasks are overdue, if not by the minute of the workspace's clock.
   */
  'tasks.page': query(
    IncidentRef.extend({
      filter: TaskFilter,
      now: EventTime.optional(),
      after: z.string().max(4000).nullable().optional(),
      limit: z.int().min(1).max(500).default(TASK_PAGE_SIZE),
    }),
    // A cursor consists of numbers and a hash.
    { shows: ['next'] },
  )
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<TaskPage>(),
  /** The plans that the tasks come from, each with the keys of those of its tasks that are there. */
  'tasks.plans': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<{ planId: string; keys: string[] }[]>(),
  'tasks.get': query(IncidentRef.extend({ taskId: z.uuid() }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<TaskView>(),
  'tasks.create': command(
    IncidentRef.extend({
      task: TaskContent.extend({
        checklist: z.array(ChecklistItem.shape.text).max(60),
        /** Members mentioned in the detail; they are notified. */ mentions: Mentions.optional(),
      }),
    }),
    { action: 'task.create' },
  ).returns<TaskView>(),
  'tasks.revise': command(
    IncidentRef.extend({
      taskId: z.uuid(),
      change: TaskContent.omit({ checklist: true }).partial().extend({
        /** The member that `owner` names; null: nobody of the team. Left out: the one member of that name. */
        ownerId: z.uuid().nullable().optional(),
        /** Of the whole detail. */
        mentions: Mentions.optional(),
      }),
      seen: Seen.optional(),
    }),
    { action: 'task.revise', edits: { kind: 'task', id: 'taskId' } },
  ).returns<TaskView>(),
  'tasks.move': command(IncidentRef.extend({ taskId: z.uuid(), to: TaskProgress, note: z.string().trim().max(1000).default('') }), {
    action: 'task.move',
  }).returns<TaskView>(),
  'tasks.tick': command(IncidentRef.extend({ taskId: z.uuid(), item: z.string().max(60), done: z.boolean() }), {
    action: 'task.move',
  }).returns<TaskView>(),
}
