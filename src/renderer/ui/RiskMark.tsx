import type { Grade } from '#domain/risk/risk.ts'
import { useTranslation } from 'react-i18next'
import classes from './RiskMark.module.css'

const STEPS = [1, 2, 3, 4, 5] as const

/** A composite risk (AN-05) as filled steps, figure and word: never by colour alone. `short` shows the word only on hover. */
export function RiskMark({ grade, short = false }: { grade: Grade; short?: boolean }) {
  const { t } = useTranslation('ui')
  const word = t(`terms:grade.${grade}`)
  return (
    <span className={classes['mark']} data-grade={grade} title={t('riskLong', { grade, word })}>
      <span className={classes['steps']} aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} data-filled={step <= grade || undefined} />
        ))}
      </span>
      <span className={classes['figure']}>{grade}/5</span>
      <span className={short ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  )
}
