import { TASK } from '#domain/tasks/task-entity.ts'
import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { createTask, moveTask } from '#domain/commands/task-commands.ts'
import { TaskContent, TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import { fail } from '#contract/failures.ts'
import {
  IdempotencyHeaders,
  IncidentParams,
  NamedMembers,
  PROBLEMS,
  sendWritten,
  shown,
  Unreadable,
  writeOnce,
  type ApiApp,
  type ApiParts,
} from './api-parts.ts'
import { sendProblem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { Written } from './write-ops.ts'

const Task = z.object({
  id: Uuid,
  title: z.string(),
  detail: z.string(),
  phase: z.string(),
  department: z.string().nullable(),
  owner: z.string(),
  dueAt: z.int().nullable(),
  state: TaskProgress,
  blockedBy: z.array(Uuid),
  checklist: z.array(z.object({ id: z.string(), text: z.string(), done: z.boolean() })),
  createdAt: z.int(),
  createdBy: z.string(),
})

function taskOf({ id, state }: Entity<TaskState>): z.infer<typeof Task> {
  const { title, detail, phase, department, owner, dueAt, progress, blockedBy, checklist, createdAt, createdBy } = state
  return {
    id: id as Uuid,
    title,
    detail,
    phase,
    department,
    owner,
    dueAt,
    state: progress,
    blockedBy: blockedBy as Uuid[],
    checklist: checklist.map((item) => ({ id: item.id, text: item.text, done: item.done })),
    createdAt,
    createdBy,
  }
}

const { title, detail, phase, department, owner, dueAt, blockedBy } = TaskContent.shape
const AddBody = z.strictObject({
  title,
  detail: detail.default(''),
  phase: phase.default('api'),
  department: department.default(null).describe('whose task it is where it has no owner'),
  owner: owner.default('').describe('a name; a member of exactly that name is told'),
  ownerId: Uuid.optional().describe("the owner as a member, whose name is then the owner's; they are told"),
  mentions: NamedMembers.optional(),
  dueAt: dueAt.default(null),
  blockedBy: blockedBy.default([]),
  checklist: z.array(z.string().trim().min(1).max(300)).max(60).default([]),
})
const MoveBody = z.strictObject({ to: TaskProgress, note: z.string().trim().max(1000).default('') })
const Answer = z.object({ id: Uuid, record: Written })

/** Routes for tasks: list, add, change state. */
export function taskRoutes(app: ApiApp, parts: ApiParts): void {
  const { hub, read, ownerOf } = parts
  const tasksOf = (incidentId: string) => read.ofKind(TASK, incidentScope(incidentId))
  app.get(
    '/incidents/:incidentId/tasks',
    {
      config: { tokenScope: 'tasks:read' },
      schema: {
        operationId: 'listTasks',
        tags: ['tasks'],
        params: IncidentParams,
        response: { 200: z.object({ tasks: z.array(Task), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId } = request.params
      if (!(await read.incident(ownerOf(request).memberId, incidentId))) return sendProblem(reply, fail('not-found').failure)
      const { found, unreadable: missing } = await tasksOf(incidentId)
      const { shown: tasks, unreadable } = shown(
        Task,
        found.toSorted((a, b) => a.state.order - b.state.order || a.state.createdAt - b.state.createdAt),
        taskOf,
        missing,
      )
      return { tasks, unreadable }
    },
  )
  app.post(
    '/incidents/:incidentId/tasks',
    {
      config: { tokenScope: 'tasks:write' },
      schema: {
        operationId: 'addTask',
        tags: ['tasks'],
        headers: IdempotencyHeaders,
        params: IncidentParams,
        body: AddBody,
        response: { 201: Answer, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId } = request.params
      const { memberId } = ownerOf(request)
      const answer = await writeOnce(parts, request, async (ids) => {
        const id = ids('task')
        const written = await runCommand(hub, memberId, ids, (seen) => createTask(seen, { incidentId, taskId: id, task: request.body }))
        return written.ok ? { ok: true, value: { id, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
  app.post(
    '/incidents/:incidentId/tasks/:taskId/moves',
    {
      config: { tokenScope: 'tasks:write' },
      schema: {
        operationId: 'moveTask',
        tags: ['tasks'],
        headers: IdempotencyHeaders,
        params: IncidentParams.extend({ taskId: Uuid }),
        body: MoveBody,
        response: { 201: Answer, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId, taskId } = request.params
      const { memberId } = ownerOf(request)
      const answer = await writeOnce(parts, request, async (ids) => {
        const act = { incidentId, taskId, ...request.body }
        const written = await runCommand(hub, memberId, ids, (seen, edge) => moveTask(seen, act, edge))
        return written.ok ? { ok: true, value: { id: taskId, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
}
