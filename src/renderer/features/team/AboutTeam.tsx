import { useRead } from '#client/use-read.ts'
import type { Membership } from '#contract/team-api.ts'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { fingerprintGroups } from './fingerprint-groups.ts'
import classes from './TeamPage.module.css'

/** The hub: its address, since when, and the fingerprint to verify. */
export function AboutTeam({ membership }: { membership: Exclude<Membership, { kind: 'alone' }> }) {
  const { t } = useTranslation('team')
  const { data, failure, readAgain } = useRead('team.about', {})
  const fingerprint = data?.fingerprint ?? membership.fingerprint
  const name = data?.name ?? (membership.kind === 'joined' ? membership.teamName : '')
  return (
    <Section title={t('about.title')}>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <dl className={classes['facts']}>
        <dt>{t('join.team')}</dt>
        <dd>{name}</dd>
        <dt>{t('about.where')}</dt>
        <dd>{t(membership.kind === 'hosting' ? 'about.here' : 'about.elsewhere')}</dd>
        <dt>{t('about.addresses')}</dt>
        <dd>{(data?.addresses ?? (membership.kind === 'hosting' ? membership.addresses : [membership.address])).join('  ·  ')}</dd>
        {fingerprint !== null && (
          <>
            <dt>{t('about.fingerprint')}</dt>
            <dd>
              <div className={classes['fingerprint']}>
                {fingerprintGroups(fingerprint).map(({ place, text }) => (
                  <span key={place}>{text}</span>
                ))}
              </div>
              <p className={classes['note']}>{t('about.fingerprintNote')}</p>
            </dd>
          </>
        )}
        {data && (
          <>
            <dt>{t('about.since')}</dt>
            <dd>
              <Age at={data.startedAt} /> · {data.version} · {t(`about.engine.${data.engine}`)}
            </dd>
          </>
        )}
      </dl>
    </Section>
  )
}
