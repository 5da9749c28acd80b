import { DEPARTMENTS, Department } from '#domain/people/assignment.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { OfferedInput } from '#ui/OfferedInput.tsx'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './TaskForm.module.css'

export type Who = { department: Department | null; owner: string }

/** The assignee of a task: a department and a person. The names from the roster are offered. */
export function WhoFields({ value, names, onChange }: { value: Who; names: readonly string[]; onChange: (change: Partial<Who>) => void }) {
  const { t } = useTranslation('tasks')
  return (
    <div className={styles['pair']}>
      <FieldRow label={t('field.department')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            size="xs"
            value={value.department ?? ''}
            onChange={(event) => onChange({ department: Department.safeParse(event.currentTarget.value).data ?? null })}
            data={[{ value: '', label: t('noDepartment') }, ...DEPARTMENTS.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))]}
          />
        )}
      </FieldRow>
      <FieldRow label={t('field.owner')}>
        {({ id }) => (
          <OfferedInput id={id} size="xs" offered={names} maxLength={40} value={value.owner} onText={(owner) => onChange({ owner })} />
        )}
      </FieldRow>
    </div>
  )
}
