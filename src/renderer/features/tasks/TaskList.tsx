import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '#contract/task-api.ts'
import { useSearchParams } from 'react-router'
import { usePeopleAround } from '#features/team'
import { PhaseHead } from './PhaseHead.tsx'
import { MoreTasks } from './MoreTasks.tsx'
import type { OpenTask } from './task-intent.ts'
import { TaskItem } from './TaskItem.tsx'
import styles from './TaskList.module.css'
import { moveAmongStops, taskKeys } from './use-list-keys.ts'
import { Guarded } from '#ui/Guarded.tsx'
import type { TaskActs } from './use-task-acts.ts'
import { useOpenTask, type Tasks } from './use-tasks.ts'

/** Tasks by phase; J and K move, Space advances a task, Enter opens it. */
export function TaskList({ incidentId, tasks, acts }: { incidentId: string; tasks: Tasks; acts: TaskActs }) {
  const { t } = useTranslation('tasks')
  // A notice links to a task.
  const asked = useSearchParams()[0].get('task')
  const [open, setOpen] = useState<OpenTask | null>(asked === null ? null : { id: asked, intent: 'read' })
  const [answered, setAnswered] = useState(asked)
  if (asked !== answered) {
    setAnswered(asked)
    if (asked !== null) setOpen({ id: asked, intent: 'read' })
  }
  // Only for the linked task: any other leaves the list when the filter no longer shows it.
  const { task: linked, listed } = useOpenTask(incidentId, tasks.pages.rows, open?.id === asked ? asked : null)
  const { byEntity } = usePeopleAround(incidentId)
  const list = useRef<HTMLDivElement>(null)
  const onOpen = (next: OpenTask | null) => {
    setOpen(next)
    // A closing form returns the focus to its task.
    const taskId = next?.id ?? open?.id
    if (taskId !== undefined && next?.intent !== 'revise' && next?.intent !== 'drop')
      requestAnimationFrame(() => document.getElementById(`task-${taskId}`)?.focus())
  }
  const keysOf = taskKeys(acts, onOpen)
  const move = (event: KeyboardEvent) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      !(event.target instanceof HTMLElement) ||
      event.target.dataset['stop'] === undefined
    )
      return
    const by =
      event.key === 'ArrowDown' || event.key.toLowerCase() === 'j' ? 1 : event.key === 'ArrowUp' || event.key.toLowerCase() === 'k' ? -1 : 0
    if (by === 0 || list.current === null) return
    moveAmongStops(list.current, by)
    event.preventDefault()
  }
  const itemOf = (task: TaskView) => (
    <Guarded key={task.id} of={task} as="li">
      <TaskItem
        task={task}
        acts={acts}
        names={tasks.names}
        intent={open?.id === task.id ? open.intent : null}
        onOpen={onOpen}
        onKey={keysOf(task)}
        colleagues={byEntity.get(task.id)}
      />
    </Guarded>
  )
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the buttons inside, gathered in one place
    <div ref={list} onKeyDown={move} data-task-list>
      {linked && !listed && <ul className={styles['tasks']}>{itemOf(linked)}</ul>}
      {tasks.groups.map((group) => (
        <section key={group.phase} aria-label={group.phase}>
          <PhaseHead group={group} />
          <ul className={styles['tasks']}>{group.tasks.map(itemOf)}</ul>
        </section>
      ))}
      <MoreTasks pages={tasks.pages} total={tasks.counts[tasks.filter]} />
      <p className={styles['keys']}>{t('keysNote')}</p>
    </div>
  )
}
