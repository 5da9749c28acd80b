import type { PlanContent, PlanTask } from '#domain/plans/plan.ts'
import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePlanWords } from '../plan-language.ts'
import { useDueRule } from '../use-due-rule.ts'
import styles from './PlanEditor.module.css'
import { changeTask, moveTask, removeTask } from './plan-edits.ts'
import { TaskFields } from './TaskFields.tsx'

export type EditPlan = (change: (content: PlanContent) => PlanContent) => void

type TaskRowProps = {
  plan: PlanContent
  task: PlanTask
  opened: boolean
  onOpen: (open: boolean) => void
  edit: EditPlan
  problemAt: (place: string) => string | null
  faulty: boolean
}

/** A task of the plan being edited: one line to move and remove it; expanded, all of its fields. */
export function TaskRow({ plan, task, opened, onOpen, edit, problemAt, faulty }: TaskRowProps) {
  const { t } = useTranslation('plans')
  const { words } = usePlanWords()
  const wordDue = useDueRule()
  const title = words(task.title) || t('untitled')
  const move = (by: 1 | -1) => edit((now) => moveTask(now, task.key, by))
  const Sign = opened ? IconChevronDown : IconChevronRight
  return (
    <li className={styles['task']} data-opened={opened || undefined} data-faulty={(faulty && !opened) || undefined}>
      <div className={styles['taskLine']}>
        <button
          type="button"
          className={styles['taskFace']}
          aria-expanded={opened}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            move(event.key === 'ArrowUp' ? -1 : 1)
          }}
          onClick={() => onOpen(!opened)}
        >
          <Sign size={15} aria-hidden="true" />
          <span className={styles['taskTitle']}>{title}</span>
          <span className={styles['taskFacts']}>
            {[task.department === null ? '' : t(`terms:role.${task.department}`), wordDue(task.due) ?? ''].filter(Boolean).join(' · ')}
          </span>
        </button>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t('editor.up', { title })}
          title={t('editor.up', { title })}
          onClick={() => move(-1)}
        >
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t('editor.down', { title })}
          title={t('editor.down', { title })}
          onClick={() => move(1)}
        >
          <IconArrowDown size={15} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          disabled={plan.tasks.length === 1}
          aria-label={t('editor.remove', { title })}
          title={t('editor.remove', { title })}
          onClick={() => edit((now) => removeTask(now, task.key))}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {opened && (
        <TaskFields plan={plan} task={task} problemAt={problemAt} onChange={(change) => edit((now) => changeTask(now, task.key, change))} />
      )}
    </li>
  )
}
