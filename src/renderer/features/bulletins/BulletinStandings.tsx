import { useRead } from '#client/use-read.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Bulletins.module.css'
import { Countdown } from './Countdown.tsx'
import { MissedNumbers } from './MissedNumbers.tsx'

/** The next bulletin of each open incident, and the hours that were missed; nothing if there are none. `incidents`: only of these. */
export function BulletinStandings({ incidents }: { incidents?: readonly { id: string }[] }) {
  const { t } = useTranslation('bulletins')
  const { data } = useRead('bulletins.standing', {})
  const ids = incidents && new Set(incidents.map(({ id }) => id))
  const rows = (data ?? []).filter(({ incidentId }) => ids?.has(incidentId) ?? true)
  if (rows.length === 0) return null
  return (
    <section className={classes['standing']} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul>
        {rows.map(({ incidentId, title, nextDue, waiting, missed }) => (
          <li key={incidentId}>
            <Link to={`/incidents/${incidentId}/bulletins`}>{title}</Link>
            {nextDue === null ? <span>{t('next.off')}</span> : <Countdown at={nextDue} />}
            <span>{waiting === 0 ? t('none') : t('history.changes', { count: waiting })}</span>
            <MissedNumbers missed={missed} />
          </li>
        ))}
      </ul>
    </section>
  )
}
