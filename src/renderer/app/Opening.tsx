import { demoOfWindow, leaveDemo } from '#client/demo-room.ts'
import type { Failure } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import classes from './Opening.module.css'

/** Shown until the workspace status is known. The text appears after a delay, so that a fast start does not flash. */
export function Opening({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const { t } = useTranslation('frame')
  const inDemo = demoOfWindow() !== null
  return (
    <main className={classes['opening']}>
      {failure ? (
        <FailureNotice
          failure={failure}
          onRetry={onRetry}
          {...(failure.code === 'disconnected' ? { sentence: t('opening.unreachable') } : {})}
        />
      ) : (
        <p className={classes['late']} role="status">
          {inDemo ? t('demo:opening') : t('opening.wait')}
        </p>
      )}
      {failure && inDemo && (
        <ActButton quiet onAct={leaveDemo}>
          {t('demo:leave')}
        </ActButton>
      )}
    </main>
  )
}
