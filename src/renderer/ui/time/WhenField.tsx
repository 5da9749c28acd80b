import { MINUTE } from '#domain/durations.ts'
import { formatExact, formatMoment } from './format-time.ts'
import { useNow } from './use-now.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MomentInput } from './MomentInput.tsx'
import { parseWhen } from './when-text.ts'
import styles from './WhenField.module.css'

/** Field for when something happened: typed or picked; shows below how it is interpreted. Empty means now. */
export function WhenField({ value, onChange, problem }: { value: string; onChange: (value: string) => void; problem: boolean }) {
  const { t, i18n } = useTranslation('timeline')
  const id = useId()
  const now = useNow(MINUTE)
  const at = parseWhen(value, now)
  const ahead = at !== null && at > now + 5 * MINUTE
  return (
    <div className={styles['when']}>
      <label htmlFor={id}>{t('composer.when')}</label>
      <MomentInput
        id={id}
        value={value}
        onChange={onChange}
        at={at}
        placeholder={t('composer.whenNow')}
        invalid={problem}
        describedBy={`${id}-understood`}
      />
      <output
        id={`${id}-understood`}
        htmlFor={id}
        data-wrong={at === null || ahead ? '' : undefined}
        title={at === null ? undefined : formatExact(at, i18n.language)}
      >
        {at === null
          ? t('composer.whenUnreadable')
          : value.trim() === ''
            ? t('composer.whenHint')
            : ahead
              ? t('composer.whenAhead', { when: formatMoment(at, now, i18n.language) })
              : formatMoment(at, now, i18n.language)}
      </output>
    </div>
  )
}
