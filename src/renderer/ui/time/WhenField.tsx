import { formatExact, formatMoment } from './format-time.ts'
import { useNow } from './use-now.ts'
import { IconClockEdit } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { parseWhen, toLocalField } from './when-text.ts'
import styles from './WhenField.module.css'

/** When it happened: typed freely or picked; says below how it is understood. Empty means now. */
export function WhenField({ value, onChange, problem }: { value: string; onChange: (value: string) => void; problem: boolean }) {
  const { t, i18n } = useTranslation('timeline')
  const id = useId()
  const now = useNow(60_000)
  const at = parseWhen(value, now)
  const ahead = at !== null && at > now + 5 * 60_000
  return (
    <div className={styles['when']}>
      <label htmlFor={id}>{t('composer.when')}</label>
      <span className={styles['field']}>
        <input
          id={id}
          value={value}
          placeholder={t('composer.whenNow')}
          autoComplete="off"
          aria-invalid={problem || undefined}
          aria-describedby={`${id}-understood`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <span className={styles['pick']}>
          <IconClockEdit size={16} stroke={1.75} aria-hidden="true" />
          <input
            type="datetime-local"
            aria-label={t('composer.pickWhen')}
            value={toLocalField(at ?? now)}
            onChange={(event) => onChange(event.currentTarget.value.replace('T', ' '))}
            // The whole button opens the picker, not only the browser's own small sign in it.
            onClick={(event) => event.currentTarget.showPicker?.()}
          />
        </span>
      </span>
      <output id={`${id}-understood`} htmlFor={id} data-wrong={at === null || ahead ? '' : undefined} title={at === null ? undefined : formatExact(at, i18n.language)}>
        {at === null ? t('composer.whenUnreadable') : value.trim() === '' ? t('composer.whenHint') : ahead ? t('composer.whenAhead', { when: formatMoment(at, now, i18n.language) }) : formatMoment(at, now, i18n.language)}
      </output>
    </div>
  )
}
