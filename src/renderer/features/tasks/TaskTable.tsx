import { DEPARTMENTS, type Department } from '#domain/people/assignment.ts'
import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { MoreTasks } from './MoreTasks.tsx'
import { Progress } from './PhaseHead.tsx'
import { StateMark } from './StateMark.tsx'
import type { OpenTask } from './task-intent.ts'
import { TaskFace } from './TaskItem.tsx'
import styles from './TasksPage.module.css'
import { moveAmongStops, taskKeys } from './use-list-keys.ts'
import type { TaskActs } from './use-task-acts.ts'
import type { Tasks } from './use-tasks.ts'

const COLUMNS: readonly (Department | null)[] = [null, ...DEPARTMENTS]

type TaskTableProps = {
  ref: Ref<HTMLDivElement>
  tasks: Tasks
  acts: TaskActs
  onOpen(open: OpenTask | null): void
}

/** Tasks as a table of phases (rows) and departments (columns); departments without tasks have no column. */
export function TaskTable({ ref, tasks: all, acts, onOpen }: TaskTableProps) {
  const { t } = useTranslation('tasks')
  const rows = all.groups.map((group) => ({ group, tasks: group.tasks }))
  const columns = COLUMNS.filter((department) => rows.some((row) => row.tasks.some((task) => task.department === department)))
  const keysOf = taskKeys(acts, onOpen)
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const by =
      event.key === 'ArrowDown' || event.key.toLowerCase() === 'j' ? 1 : event.key === 'ArrowUp' || event.key.toLowerCase() === 'k' ? -1 : 0
    if (by === 0) return
    moveAmongStops(event.currentTarget, by)
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the buttons inside, gathered in one place
    <div ref={ref} className={styles['scroller']} onKeyDown={move} data-task-list>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['phase']}>
              {t('field.phase')}
            </th>
            {columns.map((department) => (
              <th key={department} scope="col" className={styles['column']}>
                {department === null ? t('noDepartment') : t(`terms:role.${department}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ group, tasks }) => (
            <tr key={group.phase}>
              <th scope="row" className={styles['phase']}>
                {group.phase}
                <small data-digits>{t('progress', { done: group.done, total: group.counted })}</small>
                <Progress done={group.done} counted={group.counted} />
              </th>
              {columns.map((department) => (
                <td key={department}>
                  <ul className={styles['tasks']}>
                    {tasks
                      .filter((task) => task.department === department)
                      .map((task) => (
                        <li key={task.id} className={styles['task']}>
                          <StateMark task={task} acts={acts} />
                          <button
                            type="button"
                            className={styles['face']}
                            data-stop
                            aria-keyshortcuts="Space E D"
                            onKeyDown={keysOf(task)}
                            onClick={() => onOpen({ id: task.id, intent: 'read' })}
                          >
                            <TaskFace task={task} inColumn />
                          </button>
                        </li>
                      ))}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MoreTasks pages={all.pages} total={all.counts[all.filter]} />
    </div>
  )
}
