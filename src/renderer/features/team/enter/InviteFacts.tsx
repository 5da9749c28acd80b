import type { CallOutput } from '#contract/api.ts'
import { formatExact } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import classes from './Enter.module.css'

/** The facts of an invite, shown before it is used. */
export function InviteFacts({ about }: { about: CallOutput<'membership.readInvite'> }) {
  const { t, i18n } = useTranslation('team')
  return (
    <dl className={classes['facts']}>
      <dt>{t('join.team')}</dt>
      <dd>
        <strong>{about.teamName}</strong>
      </dd>
      <dt>{t('join.role')}</dt>
      <dd>
        {t(`terms:role.${about.role}`)} · {t(`terms:roleDuty.${about.role}`)}
      </dd>
      <dt>{t('join.until')}</dt>
      <dd>{formatExact(about.expiresAt, i18n.language)}</dd>
      <dt>{t('join.address')}</dt>
      <dd>{about.address}</dd>
    </dl>
  )
}
