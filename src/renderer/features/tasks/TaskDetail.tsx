import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'
import { isMasked, MaskedText, RevealableText } from '#features/personal'
import { useFocus } from '#features/team'
import { TextVersions } from '#features/texts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DropTask } from './DropTask.tsx'
import { ReviseTask } from './ReviseTask.tsx'
import styles from './TaskDetail.module.css'
import type { TaskIntent } from './task-intent.ts'
import { nextProgress, type TaskActs } from './use-task-acts.ts'

type TaskDetailProps = {
  task: TaskView
  acts: TaskActs
  names: readonly string[]
  intent: TaskIntent
  onIntent: (intent: TaskIntent) => void
  /** Shows the shortcuts of its commands, where the surrounding list handles them. */
  hints?: boolean
}

/** One task in full: details, checklist, blockers, and commands. */
export function TaskDetail({ task, acts, names, intent, onIntent, hints = true }: TaskDetailProps) {
  const { t } = useTranslation('tasks')
  useFocus('task', task.id)
  const open = isOpenTask(task)
  const moveBarred = acts.moveBarred(task)
  const left = task.checklist.filter((item) => !item.done).length
  const next = nextProgress(task)
  const waits = open && task.waitingFor.length > 0
  if (intent === 'revise') {
    return (
      <div className={styles['detail']}>
        <ReviseTask task={task} acts={acts} names={names} onDone={() => onIntent('read')} />
      </div>
    )
  }
  return (
    <div className={styles['detail']}>
      {isMasked(task.title) && (
        <p className={styles['text']}>
          <RevealableText
            beside={t('personal:showTitle')}
            text={task.title}
            incidentId={acts.incidentId}
            of={{ kind: 'task', id: task.id, field: 'title' }}
          />
        </p>
      )}
      {task.detail !== '' && (
        <p className={styles['text']}>
          <RevealableText
            text={task.detail}
            incidentId={acts.incidentId}
            of={{ kind: 'task', id: task.id, field: 'detail' }}
            mentions={task.mentions}
          />
        </p>
      )}
      <TextVersions of={{ kind: 'task', id: task.id, field: 'detail' }} incident={acts.incident} />
      {task.checklist.length > 0 && (
        <ul className={styles['checklist']} aria-label={t('checklist.label')}>
          {task.checklist.map((item) => (
            <li key={item.id}>
              <Checkbox
                size="xs"
                data-stop
                label={<MaskedText text={item.text} />}
                checked={item.done}
                disabled={moveBarred !== null}
                onChange={(event) => acts.tick(task, item.id, event.currentTarget.checked)}
              />
              <RevealableText
                beside={t('personal:show')}
                text={item.text}
                incidentId={acts.incidentId}
                of={{ kind: 'task', id: task.id, field: `checklist.${item.id}.text` }}
              />
            </li>
          ))}
        </ul>
      )}
      {waits && (
        <div className={styles['waits']}>
          <h4>{t('waitsTitle')}</h4>
          <ul>
            {task.waitingFor.map((one) => (
              <li key={one.id}>{one.title}</li>
            ))}
          </ul>
        </div>
      )}
      {task.endedAt !== null && (
        <p className={styles['ended']}>
          {t(task.progress === 'done' ? 'ended.done' : 'ended.dropped', { name: task.endedByName ?? '' })} <Age at={task.endedAt} />
          {task.note !== '' && <span>{t('ended.reason', { reason: task.note })}</span>}
        </p>
      )}
      {task.plan && (
        <p className={styles['ended']}>
          <Link to={`/plans/${task.plan.id}?view=versions&version=${task.plan.version}`}>
            {t('fromPlan', { version: task.plan.version })}
          </Link>
        </p>
      )}
      {intent === 'drop' && open ? (
        <DropTask task={task} acts={acts} onDone={() => onIntent('read')} />
      ) : (
        <div className={styles['acts']}>
          <ActButton
            size="xs"
            quiet={!open}
            barred={moveBarred ?? (waits ? t('waitsFor', { titles: task.waitingFor.map((one) => one.title).join(t('and')) }) : null)}
            onAct={() => acts.advance(task)}
          >
            {next === 'done' && left > 0 ? t('act.doneWithOpen', { count: left }) : t(`step.${next}`)}
          </ActButton>
          <ActButton quiet size="xs" barred={acts.reviseBarred} {...(hints ? { shortcut: 'E' } : {})} onAct={() => onIntent('revise')}>
            {t('act.revise')}
          </ActButton>
          {open && (
            <ActButton quiet size="xs" barred={moveBarred} {...(hints ? { shortcut: 'D' } : {})} onAct={() => onIntent('drop')}>
              {t('act.giveUp')}
            </ActButton>
          )}
        </div>
      )}
    </div>
  )
}
