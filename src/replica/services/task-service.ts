import type { Command } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { TASK } from '#domain/tasks/task-entity.ts'
import { isOpenTask, type TaskProgress, type TaskState } from '#domain/tasks/task.ts'
import { createTask, moveTask, reviseTask, tickTask } from '#domain/commands/task-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { createEntityList } from '../store/entity-list.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { TASK_LIST } from '../store/lists.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

/** The tasks of incidents as screens show them, in the order of their plan. */
export type TaskViews = {
  list(incidentId: string): TaskView[]
  /** Tasks that still have to be done. */
  open(incidentId: string): TaskView[]
  find(incidentId: string, taskId: string): TaskView | undefined
  count(incidentId: string, progress: 'open' | TaskProgress): number
}

export function createTaskViews(context: ServiceContext): TaskViews {
  const tasks = createEntityList(context.db, TASK_LIST)
  const isPending = pendingIds(context, 'task')
  const read = (id: string) => TASK.read(context.store, id)
  const openOnes = (incidentId: string) => ({ scope: incidentScope(incidentId), where: { filter: 'open', is: 1 } }) as const

  function* entities(rows: Iterable<EntityRow>): Generator<Entity<TaskState>> {
    for (const row of rows) {
      const entity = TASK.as(seenEntity(row))
      if (entity) yield entity
    }
  }

  /** @param stateOf the state of a task of the same incident */
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
    // A task that blocks another is open itself, so the open tasks include all blockers.
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
  }
}

export type TaskHandlers = Pick<ApiHandlers, 'tasks.list' | 'tasks.create' | 'tasks.revise' | 'tasks.move' | 'tasks.tick'>

/** Tasks of an incident: made by hand or from a plan, moved, ticked off. */
export function taskService(context: ServiceContext, views: TaskViews): TaskHandlers {
  const view = (incidentId: string, taskId: string): Result<TaskView> => {
    const task = views.find(incidentId, taskId)
    return task ? done(task) : fail('not-found')
  }

  /** Runs a command on a task and returns the task after it. */
  function act<Input extends { incidentId: string; taskId: string }>(command: Command<Input>, input: Input): Result<TaskView> {
    const written = runCommand(context, command, input)
    return written.ok ? view(input.incidentId, input.taskId) : written
  }

  return {
    'tasks.list': ({ incidentId }) => done(views.list(incidentId)),
    'tasks.create': (input) => act(createTask, { ...input, taskId: context.uuid() }),
    'tasks.revise': (input) => act(reviseTask, input),
    'tasks.move': (input) => act(moveTask, input),
    'tasks.tick': (input) => act(tickTask, input),
  }
}
