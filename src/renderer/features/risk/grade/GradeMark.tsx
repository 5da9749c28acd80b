import { levelOfGrade, type Grade } from '#domain/risk/risk.ts'
import { classNames } from '#ui/class-names.ts'
import { useTranslation } from 'react-i18next'
import styles from './GradeMark.module.css'

const STEPS = [1, 2, 3, 4, 5] as const

/** A grade of 1–5 as bars, a number, and (large) a word. The colour is that of the suggested level. */
export function GradeMark({ grade, large = false }: { grade: Grade; large?: boolean }) {
  const { t } = useTranslation('terms')
  const word = t(`grade.${grade}`)
  return (
    <span className={classNames(styles['mark'], large && styles['large'])} data-level={levelOfGrade(grade)} title={word}>
      <span className={styles['bars']} aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} data-filled={step <= grade || undefined} />
        ))}
      </span>
      <b data-digits="">{large ? `${grade}/5` : grade}</b>
      <span className={large ? undefined : 'visually-hidden'}>{word}</span>
    </span>
  )
}
