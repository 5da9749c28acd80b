import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'
import { MaskedText } from '#features/personal'
import { AroundMark, type PersonHere } from '#features/team'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatExact, machineTime } from '#ui/time/format-time.ts'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { StateMark } from './StateMark.tsx'
import { TaskDetail } from './TaskDetail.tsx'
import styles from './TaskItem.module.css'
import { useDueWords } from './use-due-words.ts'
import type { OpenTask, TaskIntent } from './task-intent.ts'
import type { TaskActs } from './use-task-acts.ts'

type TaskItemProps = {
  task: TaskView
  acts: TaskActs
  names: readonly string[]
  intent: TaskIntent | null
  onOpen(open: OpenTask | null): void
  onKey(event: KeyboardEvent): void
  /** Colleagues who have the task open. */
  colleagues: readonly PersonHere[] | undefined
}

/** One task in one or two lines; expanded, its checklist and all commands. */
export function TaskItem({ task, acts, names, intent, onOpen, onKey, colleagues }: TaskItemProps) {
  const opened = intent !== null
  const failure = acts.failure?.taskId === task.id ? acts.failure.failure : null
  return (
    <li className={styles['item']} data-progress={task.progress} data-opened={opened || undefined}>
      <div className={styles['line']}>
        <StateMark task={task} acts={acts} />
        <button
          type="button"
          className={styles['face']}
          data-stop
          id={`task-${task.id}`}
          aria-expanded={opened}
          aria-keyshortcuts="Space E D"
          onKeyDown={onKey}
          onClick={() => onOpen(opened ? null : { id: task.id, intent: 'read' })}
        >
          <TaskFace task={task} />
        </button>
        <AroundMark people={colleagues} at="row" />
      </div>
      {failure && <FailureNotice failure={failure} />}
      {intent !== null && (
        <TaskDetail task={task} acts={acts} names={names} intent={intent} onIntent={(next) => onOpen({ id: task.id, intent: next })} />
      )}
    </li>
  )
}

/** The text of a task in a list: title and facts. In a department's column, the department is omitted. */
export function TaskFace({ task, inColumn = false }: { task: TaskView; inColumn?: boolean }) {
  return (
    <span className={styles['words']}>
      <span className={styles['title']}>
        <MaskedText text={task.title} /> <PendingMark pending={task.pending} />
      </span>
      <TaskFacts task={task} inColumn={inColumn} />
    </span>
  )
}

/** Due time, assignee, checklist progress, and blockers. */
export function TaskFacts({ task, inColumn = false }: { task: TaskView; inColumn?: boolean }) {
  const { t, i18n } = useTranslation('tasks')
  const wordDue = useDueWords()
  const due = task.dueAt === null ? null : wordDue(task.dueAt)
  const open = isOpenTask(task)
  const ticked = task.checklist.filter((item) => item.done).length
  const who = [task.department === null || inColumn ? '' : t(`terms:role.${task.department}`), task.owner].filter(Boolean).join(' · ')
  return (
    <span className={styles['facts']}>
      {open && due && task.dueAt !== null && (
        <time
          className={styles['due']}
          data-late={due.late || undefined}
          dateTime={machineTime(task.dueAt)}
          title={formatExact(task.dueAt, i18n.language)}
        >
          {due.late && <span aria-hidden="true">! </span>}
          {due.distance}
          {!inColumn && <span className={styles['moment']}>{due.moment}</span>}
        </time>
      )}
      {!open && (
        <span>
          {t(`state.${task.progress}`)}
          {task.endedByName === null ? '' : ` · ${task.endedByName}`}
        </span>
      )}
      {who !== '' && <span>{who}</span>}
      {task.checklist.length > 0 && (
        <span data-digits title={t('checklist.ticked', { done: ticked, total: task.checklist.length })}>
          ☑ {ticked}/{task.checklist.length}
        </span>
      )}
      {open && task.waitingFor.length > 0 && <span className={styles['waits']}>{t('waits', { count: task.waitingFor.length })}</span>}
    </span>
  )
}
