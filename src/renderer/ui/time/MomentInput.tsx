import { MINUTE } from '#domain/durations.ts'
import { IconClockEdit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './MomentInput.module.css'
import { toLocalField } from './when-text.ts'
import { useNow } from './use-now.ts'

type MomentInputProps = {
  id: string
  /** The typed text. */
  value: string
  onChange: (value: string) => void
  /** The parsed time; null if the text is invalid. The picker starts there. */
  at: number | null
  placeholder: string
  invalid: boolean
  describedBy?: string | undefined
}

/** A time field, typed or picked. The browser's native field alone would use the machine's date order and hour format. */
export function MomentInput({ id, value, onChange, at, placeholder, invalid, describedBy }: MomentInputProps) {
  const { t } = useTranslation('ui')
  const now = useNow(MINUTE)
  return (
    <span className={styles['field']}>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span className={styles['pick']}>
        <IconClockEdit size={16} stroke={1.75} aria-hidden="true" />
        <input
          type="datetime-local"
          aria-label={t('pickWhen')}
          value={toLocalField(at ?? now)}
          onChange={(event) => onChange(event.currentTarget.value.replace('T', ' '))}
          // The whole button opens the picker, not only the browser's small icon.
          onClick={(event) => event.currentTarget.showPicker?.()}
        />
      </span>
    </span>
  )
}
