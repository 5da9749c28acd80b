import { figureTimes } from '#contract/risk-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { gradeEvidence } from '#domain/risk/evidence.ts'
import { RISK_FACTORS, RISK_SCALES, type RiskFactor } from '#domain/risk/risk.ts'
import { EvidenceLine } from '#ui/EvidenceLine.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { GradeMark } from './GradeMark.tsx'
import { useRiskWords } from '../risk-words.ts'
import type { Risk } from '../use-risk.ts'
import styles from './GradeSummary.module.css'

/** The composite grade and its reasons: a sentence and a weight for each factor, and the factors without data. */
export function GradeSummary({ risk }: { risk: Risk }) {
  const { t, i18n } = useTranslation('risk')
  const words = useRiskWords()
  const { assessment } = risk
  const now = useNow(MINUTE)
  const withheld = (factor: RiskFactor) =>
    RISK_SCALES.map((scale) => (scale.factor === factor ? risk.view.withheld[scale.figure] : undefined)).find((one) => one !== undefined)
  const trying = Object.keys(risk.tried).length > 0
  if (!assessment) return <p className={styles['nothing']}>{t('nothingKnown')}</p>
  const counted = assessment.factors.reduce((sum, one) => sum + one.weight, 0)
  const percent = (weight: number) => (counted === 0 ? 0 : Math.round((weight / counted) * 100))
  return (
    <div className={styles['summary']} data-stale={risk.stale || undefined}>
      <div className={styles['line']} aria-live="polite">
        <GradeMark grade={assessment.composite} large />
        <span className={styles['score']} data-digits="">
          {t('score', { score: assessment.score.toLocaleString(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) })}
          {trying && <em>{t('trying')}</em>}
        </span>
      </div>
      <p className={styles['evidence']}>
        <EvidenceLine evidence={gradeEvidence(assessment, figureTimes(risk.view.origins), now)} />
      </p>
      {assessment.alarms.length > 0 && (
        <p className={styles['alarm']}>
          <b aria-hidden="true">! </b>
          {t('alarm', { alarms: assessment.alarms.map(({ figure }) => t(`figure.${figure}`)).join(t('separator')) })}
        </p>
      )}
      <ul className={styles['factors']} aria-label={t('factors')}>
        {RISK_FACTORS.map((factor) => {
          const known = assessment.factors.find((one) => one.factor === factor)
          return (
            <li key={factor} data-unknown={known ? undefined : ''}>
              <span className={styles['name']}>{t(`terms:metric.${factor}`)}</span>
              {known ? <GradeMark grade={known.grade} /> : <span aria-hidden="true">–</span>}
              <span className={styles['reason']}>{known ? words.reason(known.reason) : t(`withheld.${withheld(factor) ?? 'none'}`)}</span>
              <span className={styles['weight']} data-digits="" title={t('weightLong', { weight: risk.view.weights[factor] })}>
                {known ? t('weight', { percent: percent(known.weight) }) : ''}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
