import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { nextClock } from '#domain/incidents/clocks.ts'
import { StillToRead } from '#features/agents'
import { ActButton } from '#ui/ActButton.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useDeferredValue, useMemo, type ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { DashboardFilter } from './DashboardFilter.tsx'
import classes from './DashboardPage.module.css'
import { useDeclare } from './DeclareProvider.tsx'
import { OpenWordings } from './OpenWordings.tsx'
import { IncidentTable } from './IncidentTable.tsx'
import { inOrderOfUrgency } from './order-of-urgency.ts'
import { matchesFilter, useDashboardFilter } from './use-dashboard-filter.ts'
import { WaitingList } from './waiting/WaitingList.tsx'

const NONE: readonly IncidentView[] = []

/** The dashboard page: waiting items and open incidents by urgency. `home`: a link back to the role's home page; `more`: lists of other features. */
export function DashboardPage({ home, more }: { home?: ReactNode; more?: ReactNode }) {
  const { t } = useTranslation('incidents')
  const { declare, barred } = useDeclare()
  const navigate = useNavigate()
  const { data, failure, loading, stale, readAgain } = useIncidents()
  const risksRead = useRead('incidents.risks', {})
  const risks = useMemo(() => new Map((risksRead.data ?? []).map((risk) => [risk.incidentId, risk])), [risksRead.data])
  const [filter, setFilter] = useDashboardFilter()
  const all = data ?? NONE
  // The filter control updates at once; the rows follow in a deferred render, and another click does not wait for them.
  const applied = useDeferredValue(filter)
  const shown = useMemo(() => inOrderOfUrgency(all.filter((incident) => matchesFilter(incident, applied))), [all, applied])
  return (
    <Page wide>
      <PageHeader
        title={t('dashboard.title')}
        aside={<Standing incidents={all} />}
        actions={
          <>
            {home}
            {all.length > 0 && (
              <>
                {all.length > 1 && (
                  <ActButton quiet readsOnly size="compact-sm" onAct={() => void navigate('/compare')}>
                    {t('dashboard.compare')}
                  </ActButton>
                )}
                <ActButton quiet readsOnly size="compact-sm" onAct={() => void navigate('/present')}>
                  {t('dashboard.wall')}
                </ActButton>
              </>
            )}
          </>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {loading && <p className={classes['loading']}>{t('dashboard.loading')}</p>}
      {data && all.length === 0 && (
        <EmptyState
          title={t('dashboard.emptyTitle')}
          actions={
            <ActButton onAct={declare} barred={barred} shortcut="N">
              {t('dashboard.declareFirst')}
            </ActButton>
          }
        >
          <ol className={classes['teach']}>
            <li>{t('dashboard.teachDeclare')}</li>
            <li>{t('dashboard.teachTimeline')}</li>
            <li>{t('dashboard.teachImport')}</li>
          </ol>
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <WaitingList />
          <OpenWordings incidents={all} />
          {more}
          <StillToRead incidents={all} />
          <div className={classes['incidents']}>
            <DashboardFilter filter={filter} onChange={setFilter} shown={shown.length} total={all.length} />
            {shown.length > 0 ? (
              <IncidentTable incidents={shown} risks={risks} stale={stale} />
            ) : (
              <EmptyState
                title={t('dashboard.noneTitle')}
                actions={
                  <ActButton quiet readsOnly onAct={() => setFilter({ status: 'all', drills: 'with', text: '' })}>
                    {t('dashboard.showAll')}
                  </ActButton>
                }
              >
                {t('dashboard.noneText', { count: all.length })}
              </EmptyState>
            )}
          </div>
        </>
      )}
    </Page>
  )
}

/** One line: open incidents by level, and the next due clock. */
function Standing({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('incidents')
  const running = incidents.filter(isLive)
  const open = running.filter((incident) => incident.mode === 'real')
  if (open.length === 0) return incidents.length > 0 ? <span>{t('dashboard.calm')}</span> : null
  const tightest = nextClock(open.flatMap((incident) => incident.clocks))
  const levels = ([1, 2, 3] as const).flatMap((level) => {
    const count = open.filter((incident) => incident.level === level).length
    return count > 0 ? [t('dashboard.ofLevel', { level: t(`terms:level.${level}`), count })] : []
  })
  return (
    <span>
      {t('dashboard.open', { count: open.length, levels: levels.join(t('dashboard.and')) })}
      {running.length > open.length && t('dashboard.drills', { count: running.length - open.length })}
      {tightest && (
        <>
          {' · '}
          <Trans t={t} i18nKey="dashboard.tightest" components={{ clock: <ClockChip clock={tightest} /> }} />
        </>
      )}
    </span>
  )
}
