import type { BulletinStanding } from '#contract/bulletin-api.ts'
import { useTranslation } from 'react-i18next'

/** The bulletins of the last day that were missed or late, oldest first; nothing if there are none. */
export function MissedNumbers({ missed }: Pick<BulletinStanding, 'missed'>) {
  const { t } = useTranslation('bulletins')
  if (missed.length === 0) return null
  const numbers = missed.map(({ number }) => number).toReversed()
  return <strong>{t('standing.missed', { numbers: numbers.join(t('standing.comma')) })}</strong>
}
