import type { WallView } from '#contract/overview-api.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import { tallyClocks } from '#domain/incidents/clock-tally.ts'
import { clockStatus, nextClock } from '#domain/incidents/clocks.ts'
import { endOfClocks, isRunning } from '#domain/incidents/incident.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { spanPieces, wordPiece } from '#ui/time/use-span.ts'
import { useTranslation } from 'react-i18next'
import styles from './WallClocks.module.css'

/** The next due clock in the largest size, the others below it. */
export function WallClocks({ incident }: { incident: WallView['incident'] }) {
  const { t } = useTranslation('wall')
  const next = isRunning(incident) ? nextClock(incident.clocks) : null
  const others = incident.clocks.filter((clock) => clock.id !== next?.id)
  return (
    <section className={styles['clocks']} aria-label={t('clocks')}>
      {next ? <NextClock clock={next} /> : <AllDone incident={incident} />}
      <ul className={styles['others']}>
        {others.map((clock) => (
          <li key={clock.id}>
            <ClockChip clock={clock} end={endOfClocks(incident)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The outcome, once no clock runs any more; green only if all were met in time. */
function AllDone({ incident }: { incident: WallView['incident'] }) {
  const { t } = useTranslation('wall')
  const now = useNow(MINUTE)
  const tally = tallyClocks(incident.clocks, now, endOfClocks(incident))
  if (tally.total === 0) return <p className={styles['done']}>{t('noClocks')}</p>
  const parts = (['inTime', 'late', 'stopped', 'unmet'] as const).flatMap((part) =>
    tally[part] > 0 ? [t(`tally.${part}`, { number: tally[part] })] : [],
  )
  const good = tally.inTime === tally.total
  return (
    <p className={styles['done']} data-good={good || undefined}>
      {good ? '✔ ' : ''}
      {t('tally.all', { number: tally.total, parts: parts.join(t('tally.and')) })}
    </p>
  )
}

function NextClock({ clock }: { clock: WallView['incident']['clocks'][number] }) {
  const { t, i18n } = useTranslation('wall')
  const now = useNow()
  const status = clockStatus(clock, now, null)
  const overdue = status.kind === 'overdue'
  const state = overdue ? 'overdue' : clock.dueAt - now < HOUR ? 'soon' : 'running'
  return (
    <div className={styles['next']} data-state={state}>
      <h2>
        {overdue ? '! ' : ''}
        {t(overdue ? 'overdue' : 'next', { clock: t(`terms:clock.${clock.id}`) })}
      </h2>
      <p className={styles['digits']} role="timer">
        {spanPieces(clock.dueAt - now).map((piece, index) => (
          <span key={piece.unit}>
            <LargeNumber words={wordPiece(piece, t, index > 0)} />{' '}
          </span>
        ))}
      </p>
      <p className={styles['due']}>{t('due', { time: formatMoment(clock.dueAt, now, i18n.language) })}</p>
    </div>
  )
}

/** A number in the largest size, with its unit at half the size. */
function LargeNumber({ words }: { words: string }) {
  const digits = /^\d+/.exec(words)?.[0] ?? ''
  return (
    <>
      {digits}
      <span className={styles['unit']}>{words.slice(digits.length)}</span>
    </>
  )
}
