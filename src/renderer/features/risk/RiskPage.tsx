import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermit } from '#features/permissions'
import { useFocus } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Curve } from './chart/Curve.tsx'
import { AssessmentHistory } from './grade/AssessmentHistory.tsx'
import { GradeSummary } from './grade/GradeSummary.tsx'
import { LevelVerdict } from './grade/LevelVerdict.tsx'
import { EnterNumberDialog } from './numbers/EnterNumberDialog.tsx'
import { FigureTable } from './numbers/FigureTable.tsx'
import { ReviseSeries } from './numbers/ReviseSeries.tsx'
import { RiskPart } from './RiskPart.tsx'
import { SuggestionList } from './suggestions/SuggestionList.tsx'
import { UseCurves } from './use/UseCurves.tsx'
import { useRisk } from './use-risk.ts'
import { useRiskCommands } from './use-risk-commands.ts'
import styles from './RiskPage.module.css'

const RANGES = ['6', '24', '72', 'all'] as const

/** The risk page of an incident: all curves in full size, with the grade beside them. */
export function RiskPage() {
  const { incidentId = '' } = useParams()
  const incident = useRead('incidents.get', { incidentId })
  if (!incident.data) return <Page>{incident.failure && <FailureNotice failure={incident.failure} onRetry={incident.readAgain} />}</Page>
  return <IncidentRisk key={incidentId} incident={incident.data} />
}

function IncidentRisk({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('risk')
  const navigate = useNavigate()
  useFocus('risk')
  const { risk, failure, readAgain } = useRisk(incident.id)
  const series = useRead('incidents.series', { incidentId: incident.id }).data
  const [entering, setEntering] = useState(false)
  const [range, setRange] = useState<(typeof RANGES)[number]>('all')
  const barred = usePermit('number.enter', { incident })
  const reviseBarred = usePermit('series.revise', { incident })
  const suggestionBarred = usePermit('suggestion.dismiss', { incident })
  useRiskCommands({ incidentId: incident.id, barred, onEnter: () => setEntering(true), place: 'page' })
  const openImport = () => void navigate(`/incidents/${incident.id}/import`)
  const enter = (
    <ActButton barred={barred} shortcut="V" onAct={() => setEntering(true)}>
      {t('panel.enter')}
    </ActButton>
  )
  return (
    <Page wide>
      <PageHeader
        within
        title={t('page.title')}
        actions={
          <>
            <ActButton quiet barred={barred} onAct={openImport}>
              {t('panel.import')}
            </ActButton>
            {series && series.length > 0 && enter}
          </>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {risk && series && (
        <div className={styles['columns']}>
          <div className={styles['curves']}>
            {series.length === 0 ? (
              <EmptyState title={t('empty.title')} actions={enter}>
                {t('empty.text')}
              </EmptyState>
            ) : (
              <>
                <div className={styles['range']}>
                  <SegmentedControl
                    size="xs"
                    aria-label={t('page.range')}
                    value={range}
                    onChange={(chosen) => setRange(RANGES.find((one) => one === chosen) ?? 'all')}
                    data={RANGES.map((one) => ({ value: one, label: t(`page.ranges.${one}`) }))}
                  />
                  <small>{t('page.zoom')}</small>
                </div>
                <div className={styles['grid']}>
                  {series.map((one, index) => (
                    <Guarded key={one.id} of={one}>
                      <Curve
                        incidentId={incident.id}
                        series={one}
                        turningPoints={risk.view.turningPoints}
                        suggestions={risk.view.suggestions}
                        hours={range === 'all' ? null : Number(range)}
                        height={index === 0 ? 320 : 220}
                        revise={<ReviseSeries incidentId={incident.id} series={one} barred={reviseBarred} />}
                      />
                    </Guarded>
                  ))}
                </div>
              </>
            )}
            <UseCurves incidentId={incident.id} />
          </div>
          <aside className={styles['side']} aria-label={t('page.side')}>
            <GradeSummary risk={risk} />
            {incident.mode !== 'historical' && <LevelVerdict incident={incident} risk={risk} />}
            <RiskPart title={t('suggestions.title', { number: risk.view.suggestions.length })}>
              <SuggestionList incidentId={incident.id} suggestions={risk.view.suggestions} barred={suggestionBarred} />
            </RiskPart>
            <RiskPart title={t('figures.title')}>
              <FigureTable risk={risk} />
            </RiskPart>
            <RiskPart title={t('history.title')}>
              <AssessmentHistory history={risk.view.history} />
            </RiskPart>
          </aside>
        </div>
      )}
      {entering && <EnterNumberDialog incidentId={incident.id} barred={barred} onClose={() => setEntering(false)} />}
    </Page>
  )
}
