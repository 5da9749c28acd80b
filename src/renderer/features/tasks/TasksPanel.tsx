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
  const plans = useApplyPlan(incident, all.tasks)
  const title = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useTaskCommands(incident, all, plans, acts.createBarred, {
    write: () => title.current?.focus(),
    enterList: () => panel.current && moveAmongStops(panel.current, 1),
    wide: false,
  })
  const { reading, tasks, groups, counts, filter } = all
  return (
    <div ref={panel} className={styles['panel']} data-stale={reading.stale || undefined}>
      {reading.failure && <FailureNotice failure={reading.failure} onRetry={reading.readAgain} />}
      {reading.data && tasks.length === 0 && <NoTasks plans={plans} />}
      <div className={styles['top']}>
        <NewTask
          incident={incident}
          phase={currentPhase(tasks)}
          phases={groups.map((group) => group.phase)}
          names={all.names}
          titleRef={title}
        />
        {tasks.length > 0 && <FilterChoice tasks={all} />}
      </div>
      {plans.failure && <FailureNotice failure={plans.failure} />}
      {tasks.length > 0 && counts[filter] === 0 && <p className={styles['none']}>{t(`none.${filter}`)}</p>}
      {counts[filter] > 0 && <TaskList incidentId={incident.id} groups={groups} shows={all.shows} acts={acts} names={all.names} />}
      {tasks.length > 0 && (
        <div className={styles['foot']}>
          <PlanMenu plans={plans} />
        </div>
      )}
    </div>
  )
}
