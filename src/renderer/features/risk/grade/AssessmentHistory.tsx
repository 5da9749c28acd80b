import type { AssessmentView } from '#contract/risk-api.ts'
import type { Grade } from '#domain/risk/risk.ts'
import { Age } from '#ui/Age.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { useTranslation } from 'react-i18next'
import { GradeMark } from './GradeMark.tsx'
import styles from './AssessmentHistory.module.css'

const FIRST_SHOWN = 3

/** Earlier assessments by people, newest first. */
export function AssessmentHistory({ history }: { history: readonly AssessmentView[] }) {
  const { t } = useTranslation('risk')
  const shown = history.slice(0, FIRST_SHOWN)
  const older = history.slice(FIRST_SHOWN)
  if (history.length === 0) return <p className={styles['none']}>{t('history.none')}</p>
  return (
    <>
      <ol className={styles['history']}>
        {shown.map((one) => (
          <Assessment key={one.id} assessment={one} />
        ))}
      </ol>
      {older.length > 0 && (
        <details className={styles['older']}>
          <summary>{t('history.older', { count: older.length })}</summary>
          <ol className={styles['history']}>
            {older.map((one) => (
              <Assessment key={one.id} assessment={one} />
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

function Assessment({ assessment }: { assessment: AssessmentView }) {
  const { t } = useTranslation('risk')
  const { composite, suggestedLevel, verdict, byName, reason, at, pending } = assessment
  return (
    <li>
      <GradeMark grade={composite as Grade} />
      <span>
        <b>{t(`history.verdict.${verdict}`, { level: t(`terms:level.${suggestedLevel}`) })}</b> · {byName} · <Age at={at} />{' '}
        <PendingMark pending={pending} />
        {reason !== '' && <q>{reason}</q>}
      </span>
    </li>
  )
}
