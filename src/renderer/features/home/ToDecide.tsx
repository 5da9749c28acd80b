import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { MaskedText } from '#features/personal'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Decision } from './decisions.ts'
import classes from './ToDecide.module.css'
import { useDecisions } from './use-decisions.ts'

const SHOWN = 6

/** Open decisions in all incidents; each links to where it is taken. */
export function ToDecide({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('home')
  const { decisions, uncounted, reading } = useDecisions(incidents)
  return (
    <section className={classes['decide']} aria-label={t('decide')}>
      <h2>{t('decide')}</h2>
      {!reading && uncounted === 0 && decisions.length === 0 && <p>{t('decideNone')}</p>}
      <ol>
        {decisions.slice(0, SHOWN).map((decision) => (
          <li key={decision.kind === 'level' ? `level ${decision.incidentId}` : `${decision.kind} ${decision.id}`}>
            <Line decision={decision} several={incidents.length > 1} />
          </li>
        ))}
      </ol>
      {!reading && uncounted > 0 && <p>{t('uncounted', { count: uncounted })}</p>}
    </section>
  )
}

function placeOf(decision: Decision): string {
  const room = `/incidents/${decision.incidentId}`
  if (decision.kind === 'task') return `${room}/tasks`
  return decision.kind === 'level' ? `${room}/risk` : `${room}/wording/${decision.id}?part=approval`
}

function What({ decision }: { decision: Decision }) {
  const { t } = useTranslation('home')
  if (decision.kind === 'task') return <MaskedText text={decision.title} />
  if (decision.kind === 'level') return t('decideLevel', { level: t(`terms:level.${decision.level}`) })
  return t(decision.kind === 'review' ? 'decideReview' : 'decideUnapproved', { title: decision.title })
}

function Line({ decision, several }: { decision: Decision; several: boolean }) {
  const { t, i18n } = useTranslation('home')
  const now = useNow(MINUTE)
  const dueAt = decision.kind === 'level' ? null : decision.dueAt
  const late = dueAt !== null && dueAt < now
  return (
    <>
      <Link to={placeOf(decision)}>
        <What decision={decision} />
      </Link>
      <span className={classes['under']}>
        {dueAt !== null && (
          <span data-late={late || undefined}>
            {t(late ? 'incidents:waiting.late' : 'incidents:waiting.due', { time: formatMoment(dueAt, now, i18n.language) })}
          </span>
        )}
        {decision.kind === 'task' && decision.holdsUp > 0 && <span>{t('wall:holdsUp', { number: decision.holdsUp })}</span>}
        {several && <span>{decision.incidentTitle}</span>}
      </span>
    </>
  )
}
