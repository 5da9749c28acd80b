import { useRead } from '#client/use-read.ts'
import { usePermit } from '#features/permissions'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Agents.module.css'
import { AgentsSection } from './AgentsSection.tsx'
import { GroupsSection } from './GroupsSection.tsx'
import { LinksSection } from './LinksSection.tsx'

/** Who the agents are: their groups, the agents themselves, and the links by which vendors' agents join. */
export function AgentsPage() {
  const { t } = useTranslation('agents')
  const { data: status } = useRead('workspace.status', {})
  const membership = useRead('membership.state', {}).data
  const barred = usePermit('agents.read')
  if (status?.demo) return <EmptyState title={t('page.demoTitle')}>{t('page.demo')}</EmptyState>
  if (status?.me?.vendor) return <EmptyState title={t('page.title')}>{barred}</EmptyState>
  return (
    <Page wide>
      <PageHeader title={t('page.title')} />
      <div className={classes['body']}>
        <p className={classes['note']}>{t('page.text')}</p>
        {membership?.kind === 'alone' && (
          <p className={classes['warning']}>
            {t('page.alone')} <Link to="/settings/team">{t('page.open')}</Link>
          </p>
        )}
        {status && (
          <>
            <Guarded of={status}>
              <GroupsSection />
            </Guarded>
            <Guarded of={status}>
              <AgentsSection />
            </Guarded>
            <Guarded of={status}>
              <LinksSection />
            </Guarded>
          </>
        )}
      </div>
    </Page>
  )
}
