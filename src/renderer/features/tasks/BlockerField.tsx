import { useRead } from '#client/use-read.ts'
import type { TaskView } from '#contract/task-api.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { CloseButton, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import styles from './BlockerField.module.css'
import { waitsFor } from './waits-for.ts'

const MOST = 30

/** The tasks that a task waits for; they can be removed and added. Tasks that wait for this one are not offered. */
export function BlockerField({
  task,
  value,
  onChange,
}: {
  task: TaskView
  value: readonly string[]
  onChange: (blockedBy: string[]) => void
}) {
  const { t } = useTranslation('tasks')
  const { incidentId = '' } = useParams()
  const tasks = useRead('tasks.list', { incidentId }).data ?? []
  const others = tasks.filter((one) => one.id !== task.id && !value.includes(one.id))
  const circular = others.filter((one) => waitsFor(tasks, one.id, task.id))
  const offered = others.filter((one) => !circular.includes(one) && one.progress !== 'dropped')
  const nameOf = (id: string) => tasks.find((one) => one.id === id)
  return (
    <FieldRow
      label={t('field.blockedBy')}
      hint={circular.length > 0 ? t('blockers.circular', { titles: circular.map((one) => one.title).join(t('and')) }) : undefined}
    >
      {({ id, describedBy }) => (
        <>
          {value.length > 0 && (
            <ul className={styles['list']}>
              {value.map((blocker) => {
                const one = nameOf(blocker)
                const title = one?.title ?? t('blockers.unknown')
                return (
                  <li key={blocker}>
                    <span>
                      {title}
                      {one && one.progress !== 'todo' && <small> {t(`state.${one.progress}`)}</small>}
                    </span>
                    <CloseButton
                      size="xs"
                      aria-label={t('blockers.remove', { title })}
                      onClick={() => onChange(value.filter((other) => other !== blocker))}
                    />
                  </li>
                )
              })}
            </ul>
          )}
          <NativeSelect
            id={id}
            size="xs"
            aria-describedby={describedBy}
            value=""
            disabled={value.length >= MOST || offered.length === 0}
            onChange={(event) => event.currentTarget.value !== '' && onChange([...value, event.currentTarget.value])}
            data={[
              { value: '', label: t(value.length === 0 ? 'blockers.none' : 'blockers.add') },
              ...offered.map((one) => ({ value: one.id, label: one.title })),
            ]}
          />
        </>
      )}
    </FieldRow>
  )
}
