import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { useFocus } from '#features/team'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { Drawer } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { FilterChoice } from './FilterChoice.tsx'
import { NewTask } from './NewTask.tsx'
import { NoTasks } from './NoTasks.tsx'
import { PlanMenu } from './PlanMenu.tsx'
import { countDone, currentPhase } from './task-phases.ts'
import { TaskDetail } from './TaskDetail.tsx'
import type { OpenTask } from './task-intent.ts'
import { TaskFacts } from './TaskItem.tsx'
import styles from './TasksPage.module.css'
import { TaskTable } from './TaskTable.tsx'
import { useApplyPlan } from './use-apply-plan.ts'
import { moveAmongStops } from './use-list-keys.ts'
import { useTaskActs } from './use-task-acts.ts'
import { useTaskCommands } from './use-task-commands.ts'
import { useOpenTask, useTasks } from './use-tasks.ts'

/** The tasks of an incident in full width, as a table of phases and departments. */
export function TasksPage() {
  const { incidentId = '' } = useParams()
  const incident = useRead('incidents.get', { incidentId })
  if (!incident.data) return <Page>{incident.failure && <FailureNotice failure={incident.failure} onRetry={incident.readAgain} />}</Page>
  return <WideTasks key={incidentId} incident={incident.data} />
}

function WideTasks({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('tasks')
  const all = useTasks(incident)
  useFocus('tasks')
  const acts = useTaskActs(incident)
  const plans = useApplyPlan(incident)
  const [open, setOpen] = useState<OpenTask | null>(null)
  const title = useRef<HTMLInputElement>(null)
  const table = useRef<HTMLDivElement>(null)
  useTaskCommands(incident, all, plans, acts.createBarred, {
    write: () => title.current?.focus(),
    enterList: () => table.current && moveAmongStops(table.current, 1),
    wide: true,
  })
  const { reading, phases, counts, filter, pages } = all
  const progress = countDone(phases)
  const { task: shown } = useOpenTask(incident.id, pages.rows, open?.id ?? null)
  return (
    <Page wide>
      <PageHeader
        within
        title={t('title')}
        aside={
          counts.all > 0 && <span data-digits>{t('standing', { done: progress.done, total: progress.counted, late: counts.overdue })}</span>
        }
        actions={counts.all > 0 ? <PlanMenu plans={plans} /> : undefined}
      />
      {reading.failure && <FailureNotice failure={reading.failure} onRetry={reading.readAgain} />}
      {pages.reading.failure && <FailureNotice failure={pages.reading.failure} onRetry={pages.reading.readAgain} />}
      {plans.failure && <FailureNotice failure={plans.failure} />}
      {reading.data && counts.all === 0 && <NoTasks plans={plans} />}
      <div className={styles['top']}>
        {counts.all > 0 && <FilterChoice tasks={all} />}
        <div className={styles['new']}>
          <NewTask
            incident={incident}
            phase={currentPhase(phases)}
            phases={phases.map(({ phase }) => phase)}
            names={all.names}
            titleRef={title}
          />
        </div>
      </div>
      {counts.all > 0 && counts[filter] === 0 && <p className={styles['none']}>{t(`none.${filter}`)}</p>}
      {acts.failure && !shown && (
        <div className={styles['failure']}>
          <b>{acts.failure.title}</b>
          <FailureNotice failure={acts.failure.failure} />
        </div>
      )}
      {counts[filter] > 0 && <TaskTable ref={table} tasks={all} acts={acts} onOpen={setOpen} />}
      <Drawer
        opened={shown !== null}
        onClose={() => setOpen(null)}
        position="right"
        size={440}
        title={shown?.title}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {shown && open && (
          <div className={styles['drawer']}>
            {acts.failure?.taskId === shown.id && <FailureNotice failure={acts.failure.failure} />}
            <div className={styles['facts']}>
              <TaskFacts task={shown} />
            </div>
            <TaskDetail
              hints={false}
              task={shown}
              acts={acts}
              names={all.names}
              intent={open.intent}
              onIntent={(intent) => setOpen({ id: shown.id, intent })}
            />
          </div>
        )}
      </Drawer>
    </Page>
  )
}
