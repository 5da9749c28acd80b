import type { WallView } from '#contract/overview-api.ts'
import { clockStanding, nextClock } from '#domain/incidents/clocks.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { formatMoment, spanParts } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import styles from './WallClocks.module.css'

const HOUR = 3_600_000

/** The clock that runs out next as large as the wall allows, the others below it. */
export function WallClocks({ incident }: { incident: WallView['incident'] }) {
  const { t } = useTranslation('wall')
  const next = isRunning(incident) ? nextClock(incident.clocks) : null
  const others = incident.clocks.filter((clock) => clock.id !== next?.id)
  return (
    <section className={styles['clocks']} aria-label={t('clocks')}>
      {next ? <NextClock clock={next} /> : <p className={styles['allMet']}>{t(incident.clocks.some((clock) => !clock.met) ? 'clocksStopped' : 'allMet')}</p>}
      <ul className={styles['others']}>
        {others.map((clock) => (
          <li key={clock.id}>
            <ClockChip clock={clock} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function NextClock({ clock }: { clock: WallView['incident']['clocks'][number] }) {
  const { t, i18n } = useTranslation('wall')
  const now = useNow()
  const standing = clockStanding(clock, now)
  const overdue = standing.kind === 'overdue'
  const { days, hours, minutes, seconds } = spanParts(clock.dueAt - now)
  const digits = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
  const state = overdue ? 'overdue' : clock.dueAt - now < HOUR ? 'soon' : 'running'
  return (
    <div className={styles['next']} data-state={state}>
      <h2>
        {overdue ? '! ' : ''}
        {t(overdue ? 'overdue' : 'next', { clock: t(`terms:clock.${clock.id}`) })}
      </h2>
      <p className={styles['digits']} role="timer">
        {days > 0 && <span className={styles['days']}>{t('days', { days })} </span>}
        {digits}
      </p>
      <p className={styles['due']}>{t('due', { time: formatMoment(clock.dueAt, now, i18n.language) })}</p>
    </div>
  )
}
