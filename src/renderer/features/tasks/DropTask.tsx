import type { TaskView } from '#contract/task-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './TaskForm.module.css'
import type { TaskActs } from './use-task-acts.ts'

/** Drops a task; the reason is kept with it. */
export function DropTask({ task, acts, onDone }: { task: TaskView; acts: TaskActs; onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim() === ''
  const drop = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!missing && (await acts.move(task, 'dropped', reason))) onDone()
  }
  return (
    <form className={styles['form']} noValidate onSubmit={(event) => void drop(event)}>
      <FieldRow label={t('field.reason')} hint={t('dropHint')} error={tried && missing ? t('reasonMissing') : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            size="xs"
            aria-describedby={describedBy}
            error={tried && missing}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autoFocus
          />
        )}
      </FieldRow>
      <div className={styles['acts']}>
        <ActButton submit danger size="xs" barred={acts.moveBarred(task)}>
          {t('act.drop')}
        </ActButton>
        <ActButton quiet size="xs" readsOnly onAct={onDone}>
          {t('act.keep')}
        </ActButton>
      </div>
    </form>
  )
}
