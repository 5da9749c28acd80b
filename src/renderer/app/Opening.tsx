import type { Failure } from '#contract/failures.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import classes from './Opening.module.css'

/** Before the station has said how it stands; the words come late, so that a quick start shows nothing that flashes by. */
export function Opening({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const { t } = useTranslation('frame')
  return (
    <main className={classes['opening']}>
      {failure ? (
        <FailureNotice failure={failure} onRetry={onRetry} {...(failure.code === 'disconnected' ? { sentence: t('opening.unreachable') } : {})} />
      ) : (
        <p className={classes['late']} role="status">
          {t('opening.wait')}
        </p>
      )}
    </main>
  )
}
