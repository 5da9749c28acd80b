import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { isOpenTask, type TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { createEntityList } from '../store/entity-list.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { TASK_LIST } from '../store/lists.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { memberNamed } from './named-member.ts'
import { memberNames, pendingIds, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'
import { refuseUnseen } from './text-service.ts'

/** The tasks of incidents as screens show them, in the order of their plan. */
export type TaskViews = {
  list(incidentId: string): TaskView[]
  /** Those that still have to be done. */
  open(incidentId: string): TaskView[]
  find(incidentId: string, taskId: string): TaskView | undefined
  count(incidentId: string, progress: 'open' | TaskProgress): number
  /** The place of a task that is to stand last. */
  nextOrder(incidentId: string): number
}

export function createTaskViews(context: ServiceContext): TaskViews {
  const tasks = createEntityList(context.db, TASK_LIST)
  const isPending = pendingIds(context, 'task')
  const read = (id: string) => context.store.read('task', id) as Entity<TaskState> | undefined
  const openOnes = (incidentId: string) => ({ scope: incidentScope(incidentId), where: { filter: 'open', is: 1 } }) as const

  function* entities(rows: Iterable<EntityRow>): Generator<Entity<TaskState>> {
    for (const row of rows) {
      const entity = seenEntity(row) as Entity<TaskState> | undefined
      if (entity) yield entity
    }
  }

  /** @param stateOf what is known of a task of the same incident */
  function viewer(stateOf: (id: string) => TaskState | undefined): (entity: Entity<TaskState>) => TaskView {
    const names = memberNames(context)
    return (entity) => ({
      ...entity.state,
      id: entity.id,
      editions: editionsOf(entity),
      waitingFor: entity.state.blockedBy.flatMap((blocker) => {
        const other = stateOf(blocker)
        return other && isOpenTask(other) ? [{ id: blocker, title: other.title }] : []
      }),
      endedByName: entity.state.endedBy === null ? null : names(entity.state.endedBy),
      pending: isPending(entity.id),
    })
  }

  function viewAll(found: readonly Entity<TaskState>[]): TaskView[] {
    const byId = new Map(found.map((task) => [task.id, task.state]))
    return found.map(viewer((id) => byId.get(id)))
  }

  return {
    list: (incidentId) => viewAll([...entities(tasks.all({ scope: incidentScope(incidentId) }))]),
    // What a task waits for is open itself, so that the open ones know all of it.
    open: (incidentId) => viewAll([...entities(tasks.all(openOnes(incidentId)))]),
    find(incidentId, taskId) {
      const scope = incidentScope(incidentId)
      const readHere = (id: string) => {
        const found = read(id)
        return found?.scope === scope ? found : undefined
      }
      const found = readHere(taskId)
      return found && viewer((id) => readHere(id)?.state)(found)
    },
    count: (incidentId, progress) =>
      tasks.count(
        progress === 'open' ? openOnes(incidentId) : { scope: incidentScope(incidentId), where: { filter: 'progress', is: progress } },
      ),
    nextOrder(incidentId) {
      const row = tasks.last({ scope: incidentScope(incidentId) })
      const last = row && (seenEntity(row) as Entity<TaskState> | undefined)
      return last === undefined ? 0 : Math.max(0, last.state.order + 1)
    },
  }
}

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
      const order = views.nextOrder(incidentId)
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
