import { useRead } from '#client/use-read.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader, Section } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountSection } from './account/AccountSection.tsx'
import { DevicesSection } from './account/DevicesSection.tsx'
import { LeaveTeam } from './account/LeaveTeam.tsx'
import { AboutTeam } from './AboutTeam.tsx'
import { HostSection } from './HostSection.tsx'
import { OrphanedIncidents } from './OrphanedIncidents.tsx'
import { InvitesSection } from './invites/InvitesSection.tsx'
import { MembersSection } from './members/MembersSection.tsx'
import classes from './TeamPage.module.css'

/** The members of the team with role and device, invites, and this machine's membership. */
export function TeamPage() {
  const { t } = useTranslation('team')
  const { data: status, failure, readAgain } = useRead('workspace.status', {})
  const membership = useRead('membership.state', {}).data
  if (status?.demo) return <EmptyState title={t('page.demoTitle')}>{t('page.demo')}</EmptyState>
  const me = status?.me
  const looksAfter = me !== undefined && me !== null && me.vendor === null && (me.owner || me.role === 'commander')
  return (
    <Page wide>
      <PageHeader
        title={t('page.title')}
        aside={
          <span className={classes['links']}>
            <Link to="/settings/team/reveals">{t('personal:open')}</Link>
            {(looksAfter || me?.role === 'legal') && <Link to="/settings/team/access">{t('access.title')}</Link>}
          </span>
        }
      />
      <div className={classes['body']}>
        {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
        {membership && membership.kind !== 'alone' && <AboutTeam membership={membership} />}
        {me && (
          <Guarded of={status}>
            <MembersSection me={me} looksAfter={looksAfter} />
          </Guarded>
        )}
        {me?.owner === true && membership && membership.kind !== 'alone' && <OrphanedIncidents />}
        {me && looksAfter && membership && membership.kind !== 'alone' && (
          <Guarded of={status}>
            <InvitesSection />
          </Guarded>
        )}
        {membership && membership.kind !== 'joined' && <HostSection membership={membership} />}
        {me && membership && membership.kind !== 'alone' && (
          <>
            <AccountSection />
            <Guarded of={status}>
              <DevicesSection me={me} looksAfter={looksAfter} />
            </Guarded>
          </>
        )}
        {membership?.kind === 'joined' && status && (
          <Section title={t('leave.title')}>
            <LeaveTeam unsent={status.sync.pending} teamName={membership.teamName} />
          </Section>
        )}
      </div>
    </Page>
  )
}
