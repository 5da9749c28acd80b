import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { IncidentBulletins } from './IncidentBulletins.tsx'

/** The bulletins of all open incidents (C2-12), the next one first. */
export function AllBulletinsPage() {
  const { t } = useTranslation('bulletins')
  const { data, failure, readAgain } = useRead('bulletins.standing', {})
  const incidents = new Map(useIncidents().data?.map((incident) => [incident.id, incident]))
  return (
    <Page wide>
      <PageHeader title={t('title')} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data?.length === 0 && <EmptyState title={t('all.none')}>{t('all.hint')}</EmptyState>}
      {data?.map((standing) => {
        const incident = incidents.get(standing.incidentId)
        return incident && <IncidentBulletins key={incident.id} incident={incident} standing={standing} />
      })}
    </Page>
  )
}
