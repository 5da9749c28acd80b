import type { ClockId } from '#domain/incidents/clocks.ts'
import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './MeetsChoice.module.css'

/** Chooses the clocks that the same command meets. */
export function MeetsChoice({
  offered,
  chosen,
  onChange,
}: {
  offered: readonly ClockId[]
  chosen: readonly ClockId[]
  onChange(chosen: ClockId[]): void
}) {
  const { t } = useTranslation('timeline')
  if (offered.length === 0) return null
  return (
    <div role="group" aria-label={t('composer.meets')} className={styles['meets']}>
      <span aria-hidden="true">{t('composer.meets')}</span>
      {offered.map((clock) => (
        <Checkbox
          key={clock}
          size="xs"
          label={t(`terms:clock.${clock}`)}
          checked={chosen.includes(clock)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, clock] : chosen.filter((one) => one !== clock))}
        />
      ))}
    </div>
  )
}
