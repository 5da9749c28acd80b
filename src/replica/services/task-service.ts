import type { Command } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { isOpenTask, type TaskState } from '#domain/tasks/task.ts'
import { createTask, moveTask, reviseTask, tickTask } from '#domain/tasks/task-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

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

/** Tasks of an incident: made by hand or from a plan, moved, ticked off. */
export function taskService(context: ServiceContext, views: TaskViews): TaskHandlers {
  const view = (incidentId: string, taskId: string): Result<TaskView> => {
    const task = views.find(incidentId, taskId)
    return task ? done(task) : fail('not-found')
  }

  /** Does an act on a task, then shows it as it is now. */
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
