import { useAct } from '#client/use-act.ts'
import { useIncidents } from '#client/use-incidents.ts'
import type { TaskView } from '#contract/task-api.ts'
import { isTaskOf } from '#domain/tasks/task.ts'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { waitingKind } from './waiting-kind.ts'
import classes from './WaitingList.module.css'

/** A due task: started or completed in place, and undone with Z. */
export const waitingTask = waitingKind('task', ({ incidentId, task }, now) => ({
  key: task.id,
  path: `/incidents/${incidentId}?side=tasks`,
  what: <What task={task} now={now} />,
  act: <MoveAct incidentId={incidentId} task={task} />,
}))

function What({ task, now }: { task: TaskView; now: number }) {
  const { t, i18n } = useTranslation('incidents')
  const due = task.dueAt ?? now
  return (
    <>
      {task.title}
      <span className={classes['due']} data-late={due < now ? '' : undefined}>
        {t(due < now ? 'waiting.late' : 'waiting.due', { time: formatMoment(due, now, i18n.language) })}
      </span>
    </>
  )
}

function MoveAct({ incidentId, task }: { incidentId: string; task: TaskView }) {
  const { t } = useTranslation('incidents')
  const incident = useIncidents().data?.find(({ id }) => id === incidentId)
  const { me, barredFrom } = usePermits()
  const { act, busy } = useAct('tasks.move')
  const offerUndo = useUndoNotice()
  const word = useFailureWords()
  const [refused, setRefused] = useState<string | null>(null)
  const to = task.progress === 'todo' ? 'doing' : 'done'
  const move = async () => {
    const moved = await act({ incidentId, taskId: task.id, to, note: '' })
    setRefused(moved.ok ? null : word(moved.failure))
    if (moved.ok)
      offerUndo(t(`tasks:moved.${to}`, { title: task.title }), () =>
        act({ incidentId, taskId: task.id, to: task.progress, note: task.note }),
      )
  }
  return (
    <ActButton
      quiet
      size="compact-xs"
      busy={busy}
      barred={refused ?? barredFrom('task.move', { incident, own: me !== null && isTaskOf(task, me) })}
      onAct={() => void move()}
    >
      {t(to === 'doing' ? 'waiting.act.begin' : 'waiting.act.finish')}
    </ActButton>
  )
}
