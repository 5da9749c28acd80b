import { Mentions } from '#domain/notices/notice.ts'
import { ChecklistItem, TaskContent, TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
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

/** The tasks of an incident. */
export const taskApi = {
  'tasks.list': query(IncidentRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks'))
    .returns<TaskView[]>(),
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
