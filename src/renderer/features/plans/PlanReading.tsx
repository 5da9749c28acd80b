import type { PlanVersion } from '#contract/plan-api.ts'
import type { PlanContent, PlanTask } from '#domain/plans/plan.ts'
import { Age } from '#ui/Age.tsx'
import { useTranslation } from 'react-i18next'
import { usePlanWords } from './plan-language.ts'
import styles from './PlanReading.module.css'
import { useDueRule } from './use-due-rule.ts'

/** A plan in read-only form: purpose, phases in order, and tasks with assignee, due time and checklist. */
export function PlanReading({ plan }: { plan: Pick<PlanVersion, 'content' | 'savedAt' | 'savedByName' | 'note'> }) {
  const { t } = useTranslation('plans')
  const { words } = usePlanWords()
  const { content } = plan
  return (
    <article className={styles['reading']}>
      <p className={styles['purpose']}>{words(content.purpose)}</p>
      <p className={styles['facts']}>
        {t('reading.types', { types: content.types.map((type) => t(`terms:type.${type}`)).join(t('and')) })}
        {plan.savedAt !== null && (
          <>
            {' · '}
            {t('reading.saved', { name: plan.savedByName ?? '' })} <Age at={plan.savedAt} />
          </>
        )}
        {plan.note !== '' && ` · ${t('reading.note', { note: plan.note })}`}
      </p>
      {content.phases.map((phase) => {
        const tasks = content.tasks.filter((task) => task.phase === phase.key)
        return (
          <section key={phase.key} className={styles['phase']}>
            <h2>
              {words(phase.title)}
              <PhaseHours phase={phase} />
              <small data-digits>{t('taskCount', { count: tasks.length })}</small>
            </h2>
            {tasks.length > 0 && <PhaseTasks plan={content} tasks={tasks} label={words(phase.title)} />}
          </section>
        )
      })}
    </article>
  )
}

function PhaseHours({ phase }: { phase: PlanContent['phases'][number] }) {
  const { t } = useTranslation('plans')
  if (phase.fromHour === null && phase.toHour === null) return null
  const words =
    phase.toHour === null ? t('hours.from', { from: phase.fromHour }) : t('hours.between', { from: phase.fromHour ?? 0, to: phase.toHour })
  return <small data-digits>{words}</small>
}

function PhaseTasks({ plan, tasks, label }: { plan: PlanContent; tasks: readonly PlanTask[]; label: string }) {
  const { t } = useTranslation('plans')
  const { words } = usePlanWords()
  const wordDue = useDueRule()
  const titleOf = (key: string) => words(plan.tasks.find((task) => task.key === key)?.title ?? key)
  return (
    <table className={styles['tasks']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('field.task')}</th>
          <th scope="col" className={styles['who']}>
            {t('field.whoWhen')}
          </th>
          <th scope="col" className={styles['check']}>
            {t('field.checklist')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.key}>
            <td>
              <b>{words(task.title)}</b>
              {task.detail !== undefined && <p className={styles['soft']}>{words(task.detail)}</p>}
              {task.after.length > 0 && (
                <p className={styles['after']}>{t('reading.after', { titles: task.after.map(titleOf).join(t('and')) })}</p>
              )}
            </td>
            <td>
              {task.department === null ? t('noDepartment') : t(`terms:role.${task.department}`)}
              <p className={styles['soft']}>{wordDue(task.due) ?? t('due.none')}</p>
            </td>
            <td>
              {task.checklist.length > 0 && (
                <ul>
                  {task.checklist.map((item) => (
                    <li key={words(item)}>{words(item)}</li>
                  ))}
                </ul>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
