import type { IncidentView } from '#contract/incident-api.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterChoice } from './FilterChoice.tsx'
import { NewTask } from './NewTask.tsx'
import { NoTasks } from './NoTasks.tsx'
import { PlanMenu } from './PlanMenu.tsx'
import { currentPhase } from './task-phases.ts'
import { TaskList } from './TaskList.tsx'
import styles from './TasksPanel.module.css'
import { useApplyPlan } from './use-apply-plan.ts'
import { moveAmongStops } from './use-list-keys.ts'
import { useTaskActs } from './use-task-acts.ts'
import { useTaskCommands } from './use-task-commands.ts'
import { useTasks } from './use-tasks.ts'

/** The tasks of an incident, beside its timeline. */
export function TasksPanel({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('tasks')
  const all = useTasks(incident)
  const acts = useTaskActs(incident)
  const plans = useApplyPlan(incident)
  const title = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useTaskCommands(incident, all, plans, acts.createBarred, {
    write: () => title.current?.focus(),
    enterList: () => panel.current && moveAmongStops(panel.current, 1),
    wide: false,
  })
  const { reading, phases, counts, filter, pages } = all
  return (
    <div ref={panel} className={styles['panel']} data-stale={reading.stale || pages.reading.stale || undefined}>
      {reading.failure && <FailureNotice failure={reading.failure} onRetry={reading.readAgain} />}
      {pages.reading.failure && <FailureNotice failure={pages.reading.failure} onRetry={pages.reading.readAgain} />}
      {reading.data && counts.all === 0 && <NoTasks plans={plans} />}
      <div className={styles['top']}>
        <NewTask
          incident={incident}
          phase={currentPhase(phases)}
          phases={phases.map(({ phase }) => phase)}
          names={all.names}
          titleRef={title}
        />
        {counts.all > 0 && <FilterChoice tasks={all} />}
      </div>
      {plans.failure && <FailureNotice failure={plans.failure} />}
      {counts.all > 0 && counts[filter] === 0 && <p className={styles['none']}>{t(`none.${filter}`)}</p>}
      {counts.all > 0 && <TaskList incidentId={incident.id} tasks={all} acts={acts} />}
      {counts.all > 0 && (
        <div className={styles['foot']}>
          <PlanMenu plans={plans} />
        </div>
      )}
    </div>
  )
}
