import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { BulletinStandings } from '#features/bulletins'
import { DashboardPage, inOrderOfUrgency } from '#features/incidents'
import { ActButton } from '#ui/ActButton.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { cardsWith } from './cards-with.ts'
import { HOMES, type HomeCard } from './home-cards.ts'
import classes from './HomePage.module.css'

/**
 * The page at `/`: the home of the member's role. It is the dashboard if the role has no home, if `?view=dashboard` asks for it, or if
 * there is no incident.
 */
export function HomePage() {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const [address] = useSearchParams()
  const me = useRead('workspace.status', {}).data?.me
  const none = useIncidents().data?.length === 0
  if (me === undefined) return <Page>{null}</Page>
  const cards = me === null ? undefined : HOMES[me.role]
  if (cards === undefined || none) return <DashboardPage more={<BulletinStandings />} />
  if (address.get('view') !== 'dashboard')
    return <RoleHome title={t('title', { role: t(`terms:role.${me?.role ?? 'commander'}`) })} cards={cards} />
  const toHome = (
    <ActButton quiet readsOnly size="compact-sm" onAct={() => void navigate('/')}>
      {t('toHome')}
    </ActButton>
  )
  return <DashboardPage home={toHome} more={<BulletinStandings />} />
}

function RoleHome({ title, cards }: { title: string; cards: readonly HomeCard[] }) {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const { data, failure, readAgain } = useIncidents()
  const shown = useMemo(() => cardsWith(cards, inOrderOfUrgency((data ?? []).filter(isLive))), [cards, data])
  return (
    <Page wide>
      <PageHeader
        title={title}
        actions={
          <ActButton quiet readsOnly size="compact-sm" onAct={() => void navigate('/?view=dashboard')}>
            {t('toDashboard')}
          </ActButton>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && shown.length === 0 && <EmptyState title={t('calmTitle')}>{t('calm')}</EmptyState>}
      <div className={classes['cards']}>
        {shown.map(({ card: { id, Card, half }, incidents }) => (
          <div key={id} className={classes['card']} data-half={half || undefined}>
            <Guarded of={incidents}>
              <Card incidents={incidents} />
            </Guarded>
          </div>
        ))}
      </div>
    </Page>
  )
}
