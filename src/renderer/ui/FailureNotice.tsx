import type { Failure } from '#contract/failures.ts'
import { useTranslation } from 'react-i18next'
import { ActButton } from './ActButton.tsx'
import { useFailureWords } from './failure-words.ts'
import classes from './FailureNotice.module.css'

type Props = {
  failure: Failure
  /** A sentence that is more specific than the general one. */
  sentence?: string
  onRetry?: () => void
}

/** An expected failure in plain words; code and params are under "details". */
export function FailureNotice({ failure, sentence, onRetry }: Props) {
  const { t } = useTranslation('ui')
  const word = useFailureWords()
  const params = Object.entries(failure.params)
  return (
    <div className={classes['notice']} role="alert">
      <p>{sentence ?? word(failure)}</p>
      <div className={classes['more']}>
        {onRetry && (
          <ActButton quiet size="xs" readsOnly onAct={onRetry}>
            {t('failure.again')}
          </ActButton>
        )}
        <details>
          <summary>{t('failure.details')}</summary>
          <dl className={classes['details']}>
            <dt>{t('failure.code')}</dt>
            <dd>{failure.code}</dd>
            {params.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </div>
  )
}
