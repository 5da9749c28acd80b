import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { isOpenTask, type TaskState } from '#domain/tasks/task.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { memberNamed } from './named-member.ts'
import { memberNames, pendingIds, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'
import { refuseUnseen } from './text-service.ts'

/** Reads the tasks of an incident as screens show them, in the order of their plan. */
export function createTaskViews(context: ServiceContext) {
  const all = context.db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'task' AND scope = ?")
  const isPending = pendingIds(context, 'task')

  function list(incidentId: string): TaskView[] {
    const names = memberNames(context)
    const tasks = all.all(incidentScope(incidentId)).flatMap((row) => {
      const entity = seenEntity(row) as Entity<TaskState> | undefined
      return entity ? [entity] : []
    })
    const byId = new Map(tasks.map((task) => [task.id, task.state]))
    return tasks
      .toSorted((a, b) => a.state.order - b.state.order || a.state.createdAt - b.state.createdAt)
      .map((entity) => ({ entity, ...entity }))
      .map(({ entity, id, state }) => ({
        ...state,
        id,
        editions: editionsOf(entity),
        waitingFor: state.blockedBy.flatMap((blocker) => {
          const other = byId.get(blocker)
          return other && isOpenTask(other) ? [{ id: blocker, title: other.title }] : []
        }),
        endedByName: state.endedBy === null ? null : names(state.endedBy),
        pending: isPending(id),
      }))
  }

  return { list, find: (incidentId: string, taskId: string) => list(incidentId).find((task) => task.id === taskId) }
}

export type TaskViews = ReturnType<typeof createTaskViews>

export type TaskHandlers = Pick<ApiHandlers, 'tasks.list' | 'tasks.create' | 'tasks.revise' | 'tasks.move' | 'tasks.tick'>

/** What is said, without what is left out. */
function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Tasks of an incident: made by hand or from a plan, moved, ticked off. */
export function taskService(context: ServiceContext, views: TaskViews): TaskHandlers {
  const view = (incidentId: string, taskId: string): Result<TaskView> => {
    const task = views.find(incidentId, taskId)
    return task ? done(task) : fail('not-found')
  }

  /** The member that an owner's name stands for, who is told of the task. */
  const ownerOf = (owner: string) => {
    const ownerId = memberNamed(context, owner)
    return ownerId === null ? {} : { ownerId }
  }

  return {
    'tasks.list': ({ incidentId }) => done(views.list(incidentId)),

    'tasks.create': ({ incidentId, task }) => {
      const id = context.uuid()
      const order = views.list(incidentId).reduce((next, one) => Math.max(next, one.order + 1), 0)
      const checklist = task.checklist.map((text, index) => ({ id: `${index}`, text }))
      const written = write(context, [
        {
          scope: incidentScope(incidentId),
          kind: 'task',
          id,
          type: 'task.create',
          body: { ...defined(task), checklist, order, ...ownerOf(task.owner) },
        },
      ])
      return written.ok ? view(incidentId, id) : written
    },

    'tasks.revise': ({ incidentId, taskId, change, seen }) => {
      const overtaken = refuseUnseen(context.store.read('task', taskId), seen, change)
      if (overtaken) return overtaken
      const body = { ...defined(change), ...(change.owner === undefined ? {} : ownerOf(change.owner)) }
      const written = write(context, [{ scope: incidentScope(incidentId), kind: 'task', id: taskId, type: 'task.revise', body }])
      return written.ok ? view(incidentId, taskId) : written
    },

    'tasks.move': ({ incidentId, taskId, to, note }) => {
      const task = context.store.read('task', taskId) as Entity<TaskState> | undefined
      if (!task) return fail('not-found')
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'task', id: taskId, type: 'task.move', body: { from: task.state.progress, to, note } },
        ...(to === 'done'
          ? [systemNote(incidentId, context.uuid(), context.now(), 'task-done', { task: task.state.title, taskId }, [0])]
          : []),
      ])
      return written.ok ? view(incidentId, taskId) : written
    },

    'tasks.tick': ({ incidentId, taskId, item, done: ticked }) => {
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'task', id: taskId, type: 'task.tick', body: { item, done: ticked } },
      ])
      return written.ok ? view(incidentId, taskId) : written
    },
  }
}
