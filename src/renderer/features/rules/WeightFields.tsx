import { DEFAULT_RISK_WEIGHTS, RISK_FACTORS, type RiskWeights } from '#domain/risk/risk.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Rules.module.css'

/** The weight of each indicator group in the composite risk (AN-05), and its resulting share. */
export function WeightFields({
  weights,
  onChange,
}: {
  weights: RiskWeights
  /** Null: the defaults. */ onChange: (weights: RiskWeights | null) => void
}) {
  const { t } = useTranslation('rules')
  const sum = RISK_FACTORS.reduce((total, factor) => total + weights[factor], 0)
  const isDefault = RISK_FACTORS.every((factor) => weights[factor] === DEFAULT_RISK_WEIGHTS[factor])
  return (
    <section>
      <div className={classes['head']}>
        <h3>{t('weights.title')}</h3>
        <span className={classes['note']}>{t(sum === 0 ? 'weights.none' : 'weights.sum', { sum })}</span>
        <ActButton quiet size="compact-sm" barred={isDefault ? t('weights.isDefault') : null} onAct={() => onChange(null)}>
          {t('weights.reset')}
        </ActButton>
      </div>
      <p className={classes['note']}>{t('weights.hint')}</p>
      <ul className={classes['weights']}>
        {RISK_FACTORS.map((factor) => (
          <li key={factor}>
            <span>{t(`terms:metric.${factor}`)}</span>
            <Slider
              size="sm"
              min={0}
              max={100}
              step={5}
              label={null}
              thumbLabel={t('weights.of', { factor: t(`terms:metric.${factor}`) })}
              value={weights[factor]}
              onChange={(value) => onChange({ ...weights, [factor]: value })}
            />
            <span data-digits="">{weights[factor]}</span>
            <span data-digits="">{sum === 0 ? '' : t('weights.share', { percent: Math.round((weights[factor] / sum) * 100) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
