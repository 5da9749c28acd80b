import type { Command } from '#domain/commands/command.ts'
import { createTask, moveTask, reviseTask, tickTask } from '#domain/commands/task-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { runCommand } from '../context/run-command.ts'
import type { ServiceContext } from '../context/service-context.ts'
import type { TaskPages } from './task-pages.ts'
import type { TaskViews } from './task-views.ts'

export type TaskHandlers = Pick<
  ApiHandlers,
  | 'tasks.list'
  | 'tasks.summary'
  | 'tasks.plans'
  | 'tasks.page'
  | 'tasks.get'
  | 'tasks.create'
  | 'tasks.revise'
  | 'tasks.move'
  | 'tasks.tick'
>

/** Tasks of an incident: made by hand or from a plan, moved, ticked off. */
export function taskService(context: ServiceContext, views: TaskViews, pages: TaskPages): TaskHandlers {
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
    'tasks.summary': ({ incidentId, now }) => done(pages.summary(incidentId, now)),
    'tasks.page': (input) => pages.page(input),
    'tasks.plans': ({ incidentId }) => done(pages.plans(incidentId)),
    'tasks.get': ({ incidentId, taskId }) => view(incidentId, taskId),
    'tasks.create': (input) => act(createTask, { ...input, taskId: context.uuid() }),
    'tasks.revise': (input) => act(reviseTask, input),
    'tasks.move': (input) => act(moveTask, input),
    'tasks.tick': (input) => act(tickTask, input),
  }
}
