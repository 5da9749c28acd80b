import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'
import { IconCircle, IconCircleCheckFilled, IconCircleHalf2, IconCircleMinus, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './StateMark.module.css'
import { nextProgress, type TaskActs } from './use-task-acts.ts'

const ICONS = { todo: IconCircle, doing: IconCircleHalf2, done: IconCircleCheckFilled, dropped: IconCircleMinus } as const

/** The progress of a task, as a shape; a click advances it one step. */
export function StateMark({ task, acts }: { task: TaskView; acts: TaskActs }) {
  const { t } = useTranslation('tasks')
  const waits = isOpenTask(task) && task.waitingFor.length > 0
  const Icon = waits ? IconLock : ICONS[task.progress]
  const state = t(`state.${task.progress}`)
  const barred = acts.moveBarred(task)
  const words =
    barred ?? (waits ? t('waitsFor', { titles: task.waitingFor.map((one) => one.title).join(t('and')) }) : t(`step.${nextProgress(task)}`))
  return (
    <button
      type="button"
      className={styles['mark']}
      data-progress={task.progress}
      tabIndex={-1}
      aria-disabled={barred !== null || waits || undefined}
      aria-label={`${state} · ${words}`}
      title={`${state} · ${words}`}
      onClick={() => acts.advance(task)}
    >
      <Icon size={waits ? 16 : 18} stroke={1.75} aria-hidden="true" />
    </button>
  )
}
