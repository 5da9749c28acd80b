import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Curve } from './chart/Curve.tsx'
import { AssessmentHistory } from './grade/AssessmentHistory.tsx'
import { GradeSummary } from './grade/GradeSummary.tsx'
import { LevelVerdict } from './grade/LevelVerdict.tsx'
import { EnterNumberDialog } from './numbers/EnterNumberDialog.tsx'
import { FigureTable } from './numbers/FigureTable.tsx'
import { ReviseSeries } from './numbers/ReviseSeries.tsx'
import { RiskPart } from './RiskPart.tsx'
import { SuggestionList } from './suggestions/SuggestionList.tsx'
import { useRisk } from './use-risk.ts'
import { useRiskCommands } from './use-risk-commands.ts'
import styles from './RiskPanel.module.css'

/** The risk tab of the side panel: grade with reasons, suggested level, turning points, one curve, figures, history. */
export function RiskPanel({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('risk')
  const { risk, failure, readAgain } = useRisk(incident.id)
  const series = useRead('incidents.series', { incidentId: incident.id }).data ?? []
  const [entering, setEntering] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const barred = usePermit('number.enter', { incident })
  const reviseBarred = usePermit('series.revise', { incident })
  const suggestionBarred = usePermit('suggestion.dismiss', { incident })
  useRiskCommands({ incidentId: incident.id, barred, onEnter: () => setEntering(true), place: 'panel' })
  const shown = series.find(({ id }) => id === chosen) ?? series.find(({ metric }) => metric === 'spread') ?? series[0]
  return (
    <div className={styles['panel']}>
      <div className={styles['acts']}>
        <ActButton quiet size="compact-sm" barred={barred} shortcut="V" onAct={() => setEntering(true)}>
          {t('panel.enter')}
        </ActButton>
        <Link to={`/incidents/${incident.id}/import`}>{t('panel.import')}</Link>
      </div>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {risk && (
        <>
          <GradeSummary risk={risk} />
          {incident.mode !== 'historical' && <LevelVerdict incident={incident} risk={risk} />}
          <RiskPart
            title={t('curve.title')}
            aside={
              series.length > 1 && (
                <NativeSelect
                  size="xs"
                  aria-label={t('curve.choose')}
                  value={shown?.id ?? ''}
                  onChange={(event) => setChosen(event.currentTarget.value)}
                  data={series.map((one) => ({ value: one.id, label: one.name }))}
                />
              )
            }
          >
            {shown ? (
              <Guarded key={shown.id} of={shown}>
                <Curve
                  incidentId={incident.id}
                  series={shown}
                  turningPoints={risk.view.turningPoints}
                  suggestions={risk.view.suggestions}
                  hours={null}
                  height={170}
                  small
                  revise={<ReviseSeries incidentId={incident.id} series={shown} barred={reviseBarred} />}
                />
              </Guarded>
            ) : (
              <p className={styles['hint']}>{t('empty.panel')}</p>
            )}
          </RiskPart>
          {(series.length > 0 || risk.view.suggestions.length > 0) && (
            <RiskPart title={t('suggestions.title', { number: risk.view.suggestions.length })}>
              <SuggestionList incidentId={incident.id} suggestions={risk.view.suggestions} barred={suggestionBarred} />
            </RiskPart>
          )}
          <RiskPart title={t('figures.title')}>
            <FigureTable risk={risk} />
          </RiskPart>
          <RiskPart title={t('history.title')}>
            <AssessmentHistory history={risk.view.history} />
          </RiskPart>
        </>
      )}
      {entering && <EnterNumberDialog incidentId={incident.id} barred={barred} onClose={() => setEntering(false)} />}
    </div>
  )
}
