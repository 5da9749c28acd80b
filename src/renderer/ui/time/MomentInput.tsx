import { IconClockEdit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './MomentInput.module.css'
import { toLocalField } from './when-text.ts'
import { useNow } from './use-now.ts'

type MomentInputProps = {
  id: string
  /** As it was typed. */
  value: string
  onChange: (value: string) => void
  /** What the text is understood as; null where it is not. The picker begins there. */
  at: number | null
  placeholder: string
  invalid: boolean
  describedBy?: string | undefined
}

/** A moment, typed freely or picked. The browser's own field alone would show it in the order and the hours of the machine's language. */
export function MomentInput({ id, value, onChange, at, placeholder, invalid, describedBy }: MomentInputProps) {
  const { t } = useTranslation('ui')
  const now = useNow(60_000)
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
          // The whole button opens the picker, not only the browser's own small sign in it.
          onClick={(event) => event.currentTarget.showPicker?.()}
        />
      </span>
    </span>
  )
}
