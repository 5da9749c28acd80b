import type { ReachCounts, Standing } from '#contract/agents-api.ts'
import type { Urgency } from '#domain/wording/delivery.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import classes from './Reach.module.css'
import { isOverdue, minutesLeft } from './reach.ts'

const STEP_MS = 5000

/** The parts of the agents who have confirmed this version, an earlier one, or none. The counts stand beside it. */
export function ReachBar({ counts: { total, current, stale } }: { counts: ReachCounts }) {
  const share = (part: number) => `${total === 0 ? 0 : (part / total) * 100}%`
  return (
    <span className={classes['bar']} aria-hidden="true">
      <i data-part="current" style={{ width: share(current) }} />
      <i data-part="stale" style={{ width: share(stale) }} />
    </span>
  )
}

/** The counts in words; with `onOpen` each opens the list of persons. */
export function ReachWords({ counts, onOpen }: { counts: ReachCounts; onOpen?: ((standing: Standing) => void) | undefined }) {
  const { t } = useTranslation('agents')
  const { total, current, stale, outstanding } = counts
  if (total === 0) return <span className={classes['soft']}>{t('reach.nobody')}</span>
  const parts = [
    { standing: 'current', text: t('reach.current', { count: current, total }), shown: true },
    { standing: 'stale', text: t('reach.stale', { count: stale }), shown: stale > 0 },
    { standing: 'outstanding', text: t('reach.outstanding', { count: outstanding }), shown: outstanding > 0 },
  ] as const
  return (
    <span className={classes['words']}>
      {parts.flatMap(({ standing, text, shown }) =>
        shown
          ? [
              onOpen ? (
                <button key={standing} type="button" data-part={standing} onClick={() => onOpen(standing)}>
                  {text}
                </button>
              ) : (
                <span key={standing} data-part={standing}>
                  {text}
                </span>
              ),
            ]
          : [],
      )}
    </span>
  )
}

/** How urgent a text is; nothing for a normal one. */
export function UrgencyMark({ urgency }: { urgency: Urgency }) {
  const { t } = useTranslation('agents')
  return urgency === 'normal' ? null : (
    <span className={classes['urgency']} data-urgency={urgency}>
      {t(`urgency.${urgency}`)}
    </span>
  )
}

/** The time that is left to confirm; nothing without a limit, and once everybody has confirmed. */
export function TimeLeft({ row }: { row: Parameters<typeof isOverdue>[0] & ReachCounts }) {
  const { t, i18n } = useTranslation('agents')
  const now = useNow(STEP_MS)
  const { confirmBy, stale, outstanding } = row
  if (confirmBy === null || stale + outstanding === 0) return null
  const time = formatMoment(confirmBy, now, i18n.language)
  return isOverdue(row, now) ? (
    <span className={classes['late']}>{t('reach.late', { time })}</span>
  ) : (
    <span className={classes['soft']}>{t('reach.left', { count: minutesLeft(confirmBy, now), time })}</span>
  )
}
