import { useTranslation } from 'react-i18next'
import styles from './PhaseHead.module.css'
import type { TaskGroup } from './task-phases.ts'

/** The heading of a phase: name and progress. */
export function PhaseHead({ group }: { group: TaskGroup }) {
  const { t } = useTranslation('tasks')
  return (
    <div className={styles['head']}>
      <h3>{group.phase}</h3>
      <Progress done={group.done} counted={group.counted} />
      <span data-digits className={styles['count']}>
        {t('progress', { done: group.done, total: group.counted })}
      </span>
    </div>
  )
}

/** A thin bar; the number is shown beside it. */
export function Progress({ done, counted }: { done: number; counted: number }) {
  return (
    <progress
      className={styles['bar']}
      aria-hidden="true"
      max={Math.max(1, counted)}
      value={done}
      data-whole={(counted > 0 && done === counted) || undefined}
    />
  )
}
