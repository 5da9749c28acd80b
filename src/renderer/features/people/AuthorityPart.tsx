import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import type { GrantedAuthority } from '#domain/incidents/incident.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityForm } from './AuthorityForm.tsx'
import classes from './PeoplePanel.module.css'

/** Temporary authority in this incident (OR-12): who holds which role until when; grant and end it. */
export function AuthorityPart({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('people')
  const now = useNow(30_000)
  const [granting, setGranting] = useState(false)
  const barred = usePermit('incident.grant-authority', { incident })
  const members = useRead('workspace.members', {}).data ?? []
  const standing = incident.authorities.filter((one) => now < one.until)
  const others = members.filter((one) => one.status !== 'revoked' && one.id !== incident.commander)
  const grantBarred = barred ?? (others.length === 0 ? t('authority.nobody') : null)
  const nameOf = (id: string) => members.find((one) => one.id === id)?.name ?? t('unknownMember')
  useCommands([
    {
      id: 'people.authority',
      section: t('title'),
      label: t('authority.command'),
      keywords: 'temporary authority grant 临时授权',
      disabled: grantBarred !== null,
      run: () => setGranting(true),
    },
  ])
  return (
    <section className={classes['authority']}>
      <div className={classes['head']}>
        <h2>{t('authority.title')}</h2>
        <ActButton quiet size="compact-xs" barred={grantBarred} onAct={() => setGranting(true)}>
          {t('authority.open')}
        </ActButton>
      </div>
      {standing.map((one) => (
        <Granted key={`${one.memberId} ${one.as}`} incident={incident} granted={one} nameOf={nameOf} />
      ))}
      {standing.length === 0 && !granting && <p className={classes['duty']}>{t('authority.none')}</p>}
      {granting && <AuthorityForm incident={incident} members={others} barred={grantBarred} onDone={() => setGranting(false)} />}
    </section>
  )
}

function Granted({ incident, granted, nameOf }: { incident: IncidentView; granted: GrantedAuthority; nameOf: (id: string) => string }) {
  const { t, i18n } = useTranslation('people')
  const now = useNow(MINUTE)
  const me = useRead('workspace.status', {}).data?.me
  const barred = usePermit('incident.end-authority', { incident, own: granted.memberId === me?.id })
  const end = useAct('incidents.endAuthority')
  const grant = useAct('incidents.grantAuthority')
  const offerUndo = useUndoNotice()
  const [failure, setFailure] = useState<Failure | null>(null)
  const { memberId, as, until, reason } = granted
  const name = nameOf(memberId)
  const stop = async () => {
    const result = await end.act({ incidentId: incident.id, memberId, as })
    if (!result.ok) return setFailure(result.failure)
    offerUndo(t('authority.ended', { name }), () => grant.act({ incidentId: incident.id, memberId, as, until, reason }))
  }
  return (
    <div className={classes['granted']}>
      <div>
        <p>
          {t('authority.line', { name, role: t(`terms:role.${as}`) })} ·{' '}
          <time dateTime={machineTime(until)}>{t('authority.until', { until: formatMoment(until, now, i18n.language) })}</time>
        </p>
        <p>{t('authority.by', { by: nameOf(granted.by), reason })}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      <ActButton quiet size="compact-xs" busy={end.busy} barred={barred} onAct={() => void stop()}>
        <span aria-hidden="true">{t('authority.end')}</span>
        <span className="visually-hidden">{t('authority.endLong', { name })}</span>
      </ActButton>
    </div>
  )
}
