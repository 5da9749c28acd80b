import { FieldRow } from '#ui/FieldRow.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './TaskForm.module.css'

const MINUTE = 60_000
const PRESETS = [30, 120, 1440] as const

function toLocalField(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** When a task is due: picked, or counted from now; empty means no time. */
export function DueField({ value, onChange }: { value: number | null; onChange: (dueAt: number | null) => void }) {
  const { t } = useTranslation('tasks')
  return (
    <FieldRow label={t('field.due')}>
      {({ id, describedBy }) => (
        <div className={styles['due']}>
          <TextInput
            id={id}
            size="xs"
            type="datetime-local"
            aria-describedby={describedBy}
            value={value === null ? '' : toLocalField(value)}
            onChange={(event) => {
              const at = new Date(event.currentTarget.value).getTime()
              onChange(Number.isNaN(at) ? null : at)
            }}
          />
          {PRESETS.map((minutes) => (
            <Button key={minutes} size="compact-xs" variant="default" onClick={() => onChange(Math.ceil((currentTime() + minutes * MINUTE) / MINUTE) * MINUTE)}>
              {t(`preset.${minutes}`)}
            </Button>
          ))}
        </div>
      )}
    </FieldRow>
  )
}
