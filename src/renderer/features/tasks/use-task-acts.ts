import { useAct } from '#client/use-act.ts'
import type { CallInput } from '#contract/api.ts'
import type { TaskView } from '#contract/task-api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { isOpenTask, isTaskOf, type TaskProgress } from '#domain/tasks/task.ts'
import { usePermits } from '#features/permissions'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentView } from '#contract/incident-api.ts'

export type TaskChange = CallInput<'tasks.revise'>['change']

/** All commands on a task, with undo where possible. */
export type TaskActs = {
  incidentId: string
  /** The reason why no task can be created now, or null. */
  createBarred: string | null
  /** The reason why no task can be edited now, or null. */
  reviseBarred: string | null
  incident: IncidentView
  /** The reason why this task cannot be moved or ticked now, or null. Vendors may do so with their own tasks. */
  moveBarred(task: TaskView): string | null
  /** The only members who may read these tasks, or null. */
  readers: readonly string[] | null
  failure: { taskId: string; title: string; failure: Failure } | null
  /** todo → doing → done → todo; from dropped: back to todo. */
  advance(task: TaskView): void
  move(task: TaskView, to: TaskProgress, note?: string): Promise<boolean>
  tick(task: TaskView, item: string, done: boolean): void
  /** `seen`: the editions of the texts that the author saw. */
  revise(task: TaskView, change: TaskChange, seen?: Record<string, string>): Promise<boolean>
}

const NEXT: Record<TaskProgress, TaskProgress> = { todo: 'doing', doing: 'done', done: 'todo', dropped: 'todo' }

/** The state that one key press moves a task to. */
export function nextProgress(task: Pick<TaskView, 'progress'>): TaskProgress {
  return NEXT[task.progress]
}

/** The commands on the tasks of an incident. */
export function useTaskActs(incident: IncidentView): TaskActs {
  const { t } = useTranslation('tasks')
  const move = useAct('tasks.move')
  const tick = useAct('tasks.tick')
  const revise = useAct('tasks.revise')
  const offerUndo = useUndoNotice()
  const [failure, setFailure] = useState<TaskActs['failure']>(null)
  const incidentId = incident.id
  const { me, barredFrom } = usePermits()
  const moveBarred = (task: TaskView) => barredFrom('task.move', { incident, own: me !== null && isTaskOf(task, me) })

  const settle = ({ id: taskId, title }: TaskView, result: Result<unknown>): boolean => {
    setFailure(result.ok ? null : { taskId, title, failure: result.failure })
    return result.ok
  }
  const doMove = async (task: TaskView, to: TaskProgress, note = '') => {
    if (moveBarred(task) !== null) return false
    const moved = settle(task, await move.act({ incidentId, taskId: task.id, to, note }))
    if (moved) {
      const undo = () => move.act({ incidentId, taskId: task.id, to: task.progress, note: task.note })
      offerUndo(t(`moved.${to}`, { title: task.title }), undo)
    }
    return moved
  }

  return {
    incident,
    incidentId,
    createBarred: barredFrom('task.create', { incident }),
    reviseBarred: barredFrom('task.revise', { incident }),
    moveBarred,
    readers: incident.restrictedTo,
    failure,
    move: doMove,
    advance: (task) => {
      // A blocked task cannot be started: explain that instead of sending a command that would be refused.
      const to = nextProgress(task)
      if (isOpenTask(task) && task.waitingFor.length > 0)
        setFailure({ taskId: task.id, title: task.title, failure: { code: 'task-blocked', params: { count: task.waitingFor.length } } })
      else void doMove(task, to)
    },
    tick: (task, item, done) => {
      if (moveBarred(task) === null) void tick.act({ incidentId, taskId: task.id, item, done }).then((result) => settle(task, result))
    },
    revise: async (task, change, seen) => {
      const revised = settle(task, await revise.act({ incidentId, taskId: task.id, change, ...(seen ? { seen } : {}) }))
      if (revised) {
        // The name alone does not say which of two namesakes it was.
        const fields = change.owner === undefined ? change : { ...change, ownerId: null }
        const before = Object.fromEntries(
          Object.keys(fields).map((field) => [field, field === 'ownerId' ? (task.ownerId ?? null) : task[field as keyof TaskChange]]),
        ) as TaskChange
        offerUndo(t('revised', { title: task.title }), () => revise.act({ incidentId, taskId: task.id, change: before }))
      }
      return revised
    },
  }
}
