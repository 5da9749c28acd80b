import { useRead } from '#client/use-read.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { BulletinStandings } from './BulletinStandings.tsx'

/** The bulletins of all open incidents. */
export function AllBulletinsPage() {
  const { t } = useTranslation('bulletins')
  const { data, failure, readAgain } = useRead('bulletins.standing', {})
  return (
    <Page wide>
      <PageHeader title={t('title')} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data?.length === 0 && <EmptyState title={t('all.none')}>{t('all.hint')}</EmptyState>}
      <BulletinStandings />
    </Page>
  )
}
