import { useRead } from '#client/use-read.ts'
import type { BulletinStanding } from '#contract/bulletin-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Bulletins.module.css'
import { Countdown } from './Countdown.tsx'
import { IssuedFacts } from './IssuedFacts.tsx'
import { MissedNumbers } from './MissedNumbers.tsx'
import { NextBulletin } from './NextBulletin.tsx'
import { SendNowDialog } from './SendNowDialog.tsx'

/** The bulletins of one incident among those of all: the last, the next as it would go out, and sending it now. */
export function IncidentBulletins({ incident, standing }: { incident: IncidentView; standing: BulletinStanding }) {
  const { t } = useTranslation('bulletins')
  const { data: plan, failure, readAgain } = useRead('bulletins.plan', { incidentId: incident.id })
  const barred = usePermits().barredFrom('bulletin.manage', { incident })
  const [sending, setSending] = useState(false)
  const { last, missed, nextDue } = standing
  const room = `/incidents/${incident.id}/bulletins`
  const waits = plan !== undefined && plan.requestedAt !== null
  return (
    <article className={classes['incident']} aria-label={incident.title}>
      <header>
        <LevelMark level={incident.level} />
        <h2>
          <Link to={room}>{incident.title}</Link>
        </h2>
        {incident.mode === 'drill' && <strong>{t('terms:mode.drill')}</strong>}
        {nextDue === null ? <span>{t('next.off')}</span> : <Countdown at={nextDue} />}
        <ActButton size="compact-sm" barred={barred ?? (waits ? t('now.waits') : null)} onAct={() => setSending(true)}>
          <span aria-hidden="true">{t('now.open')}</span>
          <span className="visually-hidden">{t('all.sendNow', { title: incident.title })}</span>
        </ActButton>
      </header>
      <MissedNumbers missed={missed} />
      {last && (
        <p className={classes['issued']}>
          <span>{t('all.last')}</span>
          <Link to={`${room}?bulletin=${last.id}`} className={classes['issued']}>
            <IssuedFacts bulletin={last} />
          </Link>
        </p>
      )}
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {plan && (
        <Guarded of={plan}>
          <h3>{t('next.title', { number: plan.last + 1 })}</h3>
          <NextBulletin incident={incident} plan={plan} />
        </Guarded>
      )}
      {sending && plan && <SendNowDialog incident={incident} plan={plan} onClose={() => setSending(false)} />}
    </article>
  )
}
